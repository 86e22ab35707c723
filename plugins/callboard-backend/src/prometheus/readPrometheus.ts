import { resolve } from 'node:path';
import type { Config } from '@backstage/config';
import type { Reach } from '@callboard/plugin-callboard-node';
import type {
  PrometheusCredentials,
  PrometheusSettings,
} from './ConfiguredPrometheusServers';

const PLACE = 'callboard.prometheus';
const HOST = /^(?:\*\.)?[a-z0-9.:[\]-]+$/;
const REACHES: readonly Reach[] = ['public', 'private', 'loopback'];

/** Reads the Prometheus servers that the portal may query, and their credentials. */
export function readPrometheus(config: Config): PrometheusSettings {
  const given = config.getOptionalConfig(PLACE);
  const wanted = given?.getOptionalString('reach') ?? 'private';
  const reach = REACHES.find(each => each === wanted);
  if (!reach)
    throw new Error(
      `${PLACE}.reach must be one of ${REACHES.join(', ')}, got "${wanted.slice(
        0,
        100,
      )}"`,
    );
  const names = given?.getOptionalConfig('credentials')?.keys() ?? [];
  return {
    hosts: checkHosts(given?.getOptionalStringArray('hosts') ?? [], PLACE),
    reach,
    credentials: new Map(
      names.map(name => [
        name,
        readCredentials(
          given!.getConfig('credentials').getConfig(name),
          `${PLACE}.credentials.${name}`,
        ),
      ]),
    ),
  };
}

function readCredentials(config: Config, place: string): PrometheusCredentials {
  const token = config.getOptionalString('token');
  const username = config.getOptionalString('username');
  const password = config.getOptionalString('password');
  const caFile = config.getOptionalString('caFile');
  const hosts = checkHosts(config.getStringArray('hosts'), place);
  const isPair = username !== undefined && password !== undefined;
  const isHalf = (username === undefined) !== (password === undefined);
  if (isHalf || isPair === (token !== undefined))
    throw new Error(
      `${place} must have either a "token", or a "username" and a "password"`,
    );
  return {
    hosts,
    ...(token !== undefined ? { token } : { username, password }),
    ...(caFile !== undefined && { caFile: resolve(caFile) }),
  };
}

function checkHosts(hosts: string[], place: string): string[] {
  const odd = hosts.find(host => !HOST.test(host));
  if (odd === undefined) return hosts;
  throw new Error(
    `${place}.hosts must be hosts with an optional port, in small letters and without "https://", got "${odd.slice(
      0,
      100,
    )}"`,
  );
}
