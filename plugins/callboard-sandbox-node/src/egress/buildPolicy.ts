import { type Problem, failed, ok } from '@callboard/plugin-callboard-common';
import type { AllowedHost } from './allowedHosts';
import { type Connected, connectChecked } from './connectChecked';
import type { EgressPolicy, EgressTarget } from './EgressPolicy';

const MOST_NAMED = 4;

/** Allows a build to connect to the hosts that the platform allows, at their ports, and to nothing else. */
export function buildPolicy(allowed: readonly AllowedHost[]): EgressPolicy {
  return async target => {
    const found = allowed.find(
      ({ host, port }) => host === target.host && port === target.port,
    );
    if (!found) return failed(hostNotAllowed(target, allowed));
    const connected = await connectChecked(target, found.reach);
    return connected.kind === 'connected'
      ? ok(connected.socket)
      : failed(notConnected(target, connected));
  };
}

function hostNotAllowed(
  target: EgressTarget,
  allowed: readonly AllowedHost[],
): Problem {
  const names = [...new Set(allowed.map(nameOf))];
  const rest = names.length - MOST_NAMED;
  return {
    code: 'build-host-not-allowed',
    what: `Cannot reach ${nameOf(target)} from a build`,
    why: `builds may reach ${names.slice(0, MOST_NAMED).join(', ')}${
      rest > 0 ? ` and ${rest} more` : ''
    } only`,
    next: 'Use a package from one of these registries, or ask the platform team to add the host to callboard.builder.egressHosts',
    transient: false,
  };
}

function notConnected(
  target: EgressTarget,
  failure: Exclude<Connected, { kind: 'connected' }>,
): Problem {
  return {
    code: 'build-host-unreachable',
    what: `Cannot reach ${nameOf(target)} from a build`,
    why: describe(failure),
    next: 'Push again when it answers, or ask the platform team about the network of the portal',
    transient: true,
  };
}

function describe(failure: Exclude<Connected, { kind: 'connected' }>): string {
  switch (failure.kind) {
    case 'unknown-name':
      return 'its name has no address on the machine of the portal';
    case 'refused-address':
      return `its address ${failure.address} is one that builds may not reach (loopback, link-local, or private without being named in the configuration)`;
    case 'no-answer':
      return 'it does not answer';
    default:
      return failure satisfies never;
  }
}

function nameOf({ host, port }: EgressTarget): string {
  const name = host.includes(':') ? `[${host}]` : host;
  return port === 443 ? name : `${name}:${port}`;
}
