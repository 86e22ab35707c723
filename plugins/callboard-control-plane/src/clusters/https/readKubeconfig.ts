import {
  type Result,
  failed,
  ok,
  isRecord,
} from '@callboard/plugin-callboard-common';
import { parseDocument } from 'yaml';
import { type JsonRecord } from '../connection/readKubeObject';
import type { HttpsTransportOptions } from './HttpsTransport';
import { clusterConfigRefused } from './serverProblems';

const MAX_BYTES = 1024 * 1024;
const MAX_ALIASES = 10;
const MAX_NAME = 100; // characters of a name that people are shown

/** Fields that would run programs or read files of this machine, and what to do instead. */
const FLATTEN = 'Embed the files: kubectl config view --raw --flatten --minify';
const REFUSED_USER_FIELDS: Record<string, string> = {
  exec: 'Use the token of a service account, or an agent in the cluster',
  'auth-provider':
    'Use the token of a service account, or an agent in the cluster',
  tokenFile: 'Write the token itself as token',
  'client-certificate': FLATTEN,
  'client-key': FLATTEN,
  as: 'Use an account that has the rights itself',
  'as-groups': 'Use an account that has the rights itself',
  'as-uid': 'Use an account that has the rights itself',
  'as-user-extra': 'Use an account that has the rights itself',
};
const REFUSED_CLUSTER_FIELDS: Record<string, string> = {
  'certificate-authority': FLATTEN,
  'proxy-url':
    'Give an address that is reached without a proxy, or use an agent in the cluster',
};

/**
 * Reads one context of a kubeconfig. Anyone who wrote the file may not make us run
 * a program (`exec`, `auth-provider`) or read a file (`tokenFile`, paths of
 * certificates): such fields are refused, not ignored.
 */
export function readKubeconfig(
  text: string,
  choice: { cluster: string; context?: string },
): Result<HttpsTransportOptions> {
  const refuse = (why: string, next: string) =>
    failed(clusterConfigRefused(choice.cluster, why, next));
  const config = parseKubeconfig(text);
  if (config === undefined)
    return refuse(
      'its kubeconfig is not valid YAML',
      'Check it: kubectl config view',
    );
  const contextName = choice.context ?? config['current-context'];
  if (typeof contextName !== 'string' || contextName === '') {
    return refuse('its kubeconfig has no current-context', 'Name the context');
  }
  const context = findNamed(config.contexts, contextName, 'context');
  if (context === undefined) {
    return refuse(
      `its kubeconfig has no context "${shorten(contextName)}"`,
      `Use one of: ${listNames(config.contexts)}`,
    );
  }
  const cluster = findNamed(config.clusters, context.cluster, 'cluster');
  if (cluster === undefined || typeof cluster.server !== 'string') {
    return refuse(
      `context "${shorten(
        contextName,
      )}" names a cluster that the kubeconfig does not describe`,
      'Add it to clusters',
    );
  }
  const user = findNamed(config.users, context.user, 'user') ?? {};
  for (const [fields, refusals] of [
    [user, REFUSED_USER_FIELDS],
    [cluster, REFUSED_CLUSTER_FIELDS],
  ] as const) {
    const field = Object.keys(refusals).find(name => isGiven(fields[name]));
    if (field !== undefined)
      return refuse(`its kubeconfig uses "${field}"`, refusals[field]);
  }
  return ok({
    cluster: choice.cluster,
    server: cluster.server,
    skipTLSVerify: cluster['insecure-skip-tls-verify'] === true,
    ...optional('tlsServerName', textOf(cluster['tls-server-name'])),
    ...optional('ca', decoded(cluster['certificate-authority-data'])),
    ...optional('certificate', decoded(user['client-certificate-data'])),
    ...optional('key', decoded(user['client-key-data'])),
    ...optional('token', textOf(user.token)),
    ...(typeof user.username === 'string' && typeof user.password === 'string'
      ? { basic: { username: user.username, password: user.password } }
      : {}),
  });
}

function parseKubeconfig(text: string): JsonRecord | undefined {
  if (Buffer.byteLength(text) > MAX_BYTES) return undefined;
  try {
    const document = parseDocument(text, { strict: true, schema: 'core' });
    const value: unknown =
      document.errors.length === 0
        ? document.toJS({ maxAliasCount: MAX_ALIASES })
        : undefined;
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined; // too many aliases, or nested too deeply
  }
}

function findNamed(
  list: unknown,
  name: unknown,
  field: string,
): JsonRecord | undefined {
  const entry = Array.isArray(list)
    ? list.filter(isRecord).find(each => each.name === name)
    : undefined;
  return entry !== undefined && isRecord(entry[field])
    ? entry[field]
    : undefined;
}

function listNames(list: unknown): string {
  const names = (Array.isArray(list) ? list.filter(isRecord) : [])
    .map(({ name }) => name)
    .filter(name => typeof name === 'string' && name !== '') as string[];
  return names.slice(0, 10).map(shorten).join(', ') || 'none is described';
}

function shorten(name: string): string {
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME)}…`;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function decoded(value: unknown): string | undefined {
  return typeof value === 'string' && value !== ''
    ? Buffer.from(value, 'base64').toString('utf8')
    : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function optional<K extends string, T>(
  key: K,
  value: T | undefined,
): { [name in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { [name in K]: T });
}
