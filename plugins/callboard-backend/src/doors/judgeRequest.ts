import type { Problem } from '@callboard/plugin-callboard-common';

/** Host names and origins that a portal accepts. */
export interface Doors {
  /** Host names without a port, in lower case. */
  hosts: ReadonlySet<string>;
  /** Origins of pages that may make changes: `https://portal.example.com`. */
  origins: ReadonlySet<string>;
}

/** The properties of a request that show its origin. */
export interface Arrival {
  method: string;
  /** Path and query, as sent. */
  url: string;
  host: string | undefined;
  origin: string | undefined;
  /** Relation to the page that sends the request, set by the browser (`Sec-Fetch-Site`). */
  fetchSite: string | undefined;
  isUpgrade: boolean;
}

/** Names of this machine. A foreign page cannot make a browser send them for its own address. */
export const LOCAL_HOSTS: readonly string[] = [
  'localhost',
  '127.0.0.1',
  '[::1]',
];
/** Probes of an orchestrator use the address, and the response reveals nothing. */
const HEALTH_PATH = '/.backstage/health/';
const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Decides whether a request is accepted.
 *
 * A page of a foreign origin reaches a portal on loopback or in a private
 * network by a DNS name that it points there (DNS rebinding): then the Host
 * header is foreign. Or it sends a form or opens a WebSocket directly: then the
 * Origin header is foreign. Clients other than browsers send neither.
 */
export function judgeRequest(
  arrival: Arrival,
  doors: Doors,
): Problem | undefined {
  if (arrival.url.startsWith(HEALTH_PATH) && !arrival.isUpgrade)
    return undefined;
  if (!isKnownHost(arrival.host, doors)) return hostUnknown();
  const changes = arrival.isUpgrade || !READING_METHODS.has(arrival.method);
  if (changes && !isKnownOrigin(arrival, doors)) return originForeign();
  return undefined;
}

function isKnownHost(host: string | undefined, { hosts }: Doors): boolean {
  const name = hostNameOf(host);
  return name !== undefined && (LOCAL_HOSTS.includes(name) || hosts.has(name));
}

/** Normalizes `Portal.example.com.:443` to `portal.example.com`. */
function hostNameOf(host: string | undefined): string | undefined {
  const match = /^(\[[0-9a-f:]+\]|[a-z0-9._-]+?)\.?(?::\d{1,5})?$/i.exec(
    host ?? '',
  );
  return match?.[1].toLowerCase();
}

function isKnownOrigin(
  { origin, host, fetchSite }: Arrival,
  { origins }: Doors,
): boolean {
  if (origin === undefined) return fetchSite !== 'cross-site';
  if (origins.has(origin)) return true;
  // The page has the address of this request, under another of its names.
  return [`http://${host}`, `https://${host}`].includes(origin);
}

function hostUnknown(): Problem {
  return {
    code: 'host-unknown',
    what: 'Cannot answer under this name',
    why: 'the portal is not configured for the host that was asked for',
    next: 'Use the address of backend.baseUrl, or add the name to callboard.allowedHosts',
    transient: false,
  };
}

function originForeign(): Problem {
  return {
    code: 'origin-foreign',
    what: 'Cannot take this change',
    why: 'a page of another origin sent it',
    next: 'Use the pages of the portal; a further frontend belongs into backend.cors.origin',
    transient: false,
  };
}
