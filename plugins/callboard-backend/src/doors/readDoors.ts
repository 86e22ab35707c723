import type { Config } from '@backstage/config';
import type { Doors } from './judgeRequest';

/** Settings with addresses of the portal. */
const ADDRESSES = [
  'app.baseUrl',
  'backend.baseUrl',
  'callboard.publicUrl',
  'callboard.agentUrl',
];

/** Reads the hosts and origins that a portal accepts. */
export function readDoors(config: Config): Doors {
  const urls = ADDRESSES.map(key => config.getOptionalString(key)).flatMap(
    address =>
      address !== undefined && URL.canParse(address) ? [new URL(address)] : [],
  );
  const added = config.getOptionalStringArray('callboard.allowedHosts') ?? [];
  return {
    hosts: new Set([
      ...urls.map(({ hostname }) => hostname.toLowerCase()),
      ...added.map(readHost),
    ]),
    origins: new Set([
      ...urls.map(({ origin }) => origin),
      ...readCorsOrigins(config),
    ]),
  };
}

function readHost(name: string): string {
  if (/^(\[[0-9a-f:]+\]|[a-z0-9._-]+)$/i.test(name)) return name.toLowerCase();
  throw new Error(
    `callboard.allowedHosts: "${name}" is not a host name. Write it without scheme and port: portal.example.com`,
  );
}

/** Exact origins only: with a pattern, a page of any matching name could make changes. */
function readCorsOrigins(config: Config): string[] {
  const value = config.getOptional('backend.cors.origin');
  const origins = Array.isArray(value) ? value : [value];
  return origins.filter(
    (origin): origin is string =>
      typeof origin === 'string' && !origin.includes('*'),
  );
}
