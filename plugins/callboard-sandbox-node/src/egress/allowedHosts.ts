import {
  type Reach,
  isLoopbackAddress,
} from '@callboard/plugin-callboard-node';
import type { EgressTarget } from './EgressPolicy';

const PLACE = 'callboard.builder.egressHosts';
const PUBLIC_REGISTRIES = [
  'https://registry.npmjs.org',
  'https://registry.yarnpkg.com',
];
const HOST = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;

/** A host that builds may reach. */
export interface AllowedHost extends EgressTarget {
  reach: Reach;
}

/** Hosts that the platform allows for builds, in addition to the public registries of npm and Yarn. */
export interface BuildEgress {
  /** URLs of registries. */
  registries?: readonly string[];
  /** `codeload.github.com`, `npm.example.com:8443`; port 443 when omitted. */
  hosts?: readonly string[];
}

/**
 * Returns the hosts that builds may reach. A host that the platform names may
 * have a private address; a loopback address is allowed only if loopback itself
 * is named.
 */
export function allowedHosts({
  registries = [],
  hosts = [],
}: BuildEgress): AllowedHost[] {
  return [
    ...PUBLIC_REGISTRIES.map(url => ({ ...targetOf(url), reach: 'public' })),
    ...[...registries, ...hosts.map(host => `https://${host}`)].map(url => {
      const target = targetOf(url);
      return { ...target, reach: reachOf(target.host) };
    }),
  ] as AllowedHost[];
}

/** Reads `callboard.builder.egressHosts`. */
export function readEgressHosts(config: {
  getOptionalStringArray(key: string): string[] | undefined;
}): string[] {
  return (config.getOptionalStringArray(PLACE) ?? []).map(text => {
    const [, host, port] = /^([^:/]+)(?::(\d+))?$/.exec(text) ?? [];
    if (host === undefined || !HOST.test(host) || Number(port ?? 1) > 65_535)
      throw new Error(
        `${PLACE} must be names of hosts in small letters, with a port where it is not 443, got "${text}"`,
      );
    return text;
  });
}

function reachOf(host: string): Reach {
  return host === 'localhost' || isLoopbackAddress(host)
    ? 'loopback'
    : 'private';
}

function targetOf(address: string): EgressTarget {
  const { protocol, hostname, port } = new URL(address);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (protocol === 'http:' ? 80 : 443)),
  };
}
