import { BlockList, isIP } from 'node:net';
import {
  type Problem,
  type Result,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';

/** Addresses that are not routed from outside (RFC 1918, RFC 4193), and loopback. */
const PRIVATE = new BlockList();
PRIVATE.addSubnet('10.0.0.0', 8);
PRIVATE.addSubnet('172.16.0.0', 12);
PRIVATE.addSubnet('192.168.0.0', 16);
PRIVATE.addSubnet('127.0.0.0', 8);
PRIVATE.addSubnet('fc00::', 7, 'ipv6');
PRIVATE.addAddress('::1', 'ipv6');

/** The address at which agents reach this portal. */
export interface AgentUrl {
  /** Without a trailing slash. */
  url: string;
  /** Plain HTTP: join tokens and traffic to clusters can be read on the way. */
  isPlain: boolean;
}

/**
 * Validates the address that agents dial: TLS, or plain HTTP to a private
 * address. Names may resolve to any address, so for plain HTTP only `localhost`
 * is accepted.
 */
export function readAgentUrl(text: string): Result<AgentUrl> {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:')
    return failed(notAnAddress(text));
  const { username, password, search, hash } = url;
  if (username || password || search || hash) return failed(notAnAddress(text));
  const isPlain = url.protocol === 'http:';
  if (isPlain && !isPrivate(url.hostname)) return failed(tooOpen(url));
  return ok({
    url: `${url.origin}${url.pathname}`.replace(/(?<!\/)\/+$/, ''),
    isPlain,
  });
}

function isPrivate(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return true;
  const family = isIP(host);
  return family !== 0 && PRIVATE.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

function notAnAddress(text: string): Problem {
  return {
    code: 'agent-url-invalid',
    what: 'Cannot tell agents where to dial in',
    why: `"${text
      .replace(/\/\/[^/]*@/, '//…@')
      .slice(0, 200)}" is not an address like https://portal.example.com`,
    next: 'Set callboard.agentUrl to the address at which clusters reach this portal',
    transient: false,
  };
}

function tooOpen({ origin }: URL): Problem {
  return {
    code: 'agent-url-insecure',
    what: 'Cannot tell agents where to dial in',
    why: `${origin} is plain HTTP, and not a private or loopback address: anyone on the network path could join in place of a cluster and read what is sent to it`,
    next: 'Set callboard.agentUrl to an https:// address, or to a private IP address',
    transient: false,
  };
}
