import type {
  AppEnvironmentSpec,
  EnvironmentFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import type { RenderFault } from '../render/RenderFault';
import { hostsOf } from './planAddresses';
import { targetOf } from './targetOf';

/**
 * Finds faults in the addresses that app.yaml requests: hosts that the platform
 * does not allow, unknown workloads and ports, the same host and path twice.
 * Whether another app has them is not checked here.
 */
export function* findAddressFaults(
  app: string,
  {
    environments,
    platform,
    workloads,
  }: {
    environments: readonly AppEnvironmentSpec[];
    platform: readonly EnvironmentFile[];
    workloads: readonly ScoreWorkload[];
  },
): Generator<RenderFault, void> {
  const wanted = new Map<string, string>();
  for (const [index, { name, addresses = [] }] of environments.entries()) {
    const file = platform.find(({ metadata }) => metadata.name === name);
    const given = file?.spec.addresses;
    const hosts = hostsOf(app, {
      ...(given && { addresses: given }),
      requestedAddresses: addresses,
    });
    for (const [at, address] of addresses.entries()) {
      const path = ['spec', 'environments', index, 'addresses', at];
      const { host } = address;
      // Without platform files the allowed hosts are not known.
      if (host !== undefined && !given && platform.length > 0)
        yield {
          code: 'address-not-allowed',
          path: [...path, 'host'],
          why: `the environment "${name}" gives apps no addresses`,
          next: 'Remove it, or ask the platform team, who can say a domain in spec.addresses of that environment',
        };
      else if (host !== undefined && given && !isAllowed(app, host, given))
        yield {
          code: 'address-not-allowed',
          path: [...path, 'host'],
          why: `the environment "${name}" gives this app "${app}.${
            given.domain
          }"${describeAllowed(given.hosts)}`,
          next: `${
            given.hosts?.length ? 'Use one of these' : 'Leave out the host'
          }, or ask the platform team, who can allow it in spec.addresses.hosts of that environment`,
        };
      else if (
        given &&
        (address.path ?? '/') !== '/' &&
        (given.via.type === 'LoadBalancer' || given.via.type === 'NodePort')
      )
        yield {
          code: 'address-not-allowed',
          path: [...path, 'path'],
          why: `the world gets in to the environment "${name}" by ${given.via.type}, which knows no paths`,
          next: 'Remove it, or ask the platform team for a Gateway or Ingress there',
        };
      const target = targetOf(app, address, workloads);
      const fault = explainTarget(target);
      if (fault)
        yield {
          code: 'address-unclear',
          path: [...path, ...fault.field],
          why: fault.why,
          next: fault.next,
        };
      const one = hosts[at];
      if (!one) continue;
      const key = `${one.host}${one.path}`;
      const before = wanted.get(key);
      if (before !== undefined)
        yield {
          code: 'address-taken',
          path,
          why: `"${key}" is asked for ${
            before === name ? 'twice' : `in the environment "${before}" too`
          }`,
          next: 'Give one of the two another host or path, or remove it',
        };
      wanted.set(key, name);
    }
  }
}

/**
 * Allows its own name below the domain, and the hosts that the platform lists;
 * not the names of other apps below the domain.
 */
function isAllowed(
  app: string,
  host: string,
  { domain, hosts = [] }: { domain: string; hosts?: readonly string[] },
): boolean {
  return (
    host === `${app}.${domain}` ||
    hosts.some(pattern =>
      pattern.startsWith('*.')
        ? host.slice(host.indexOf('.') + 1) === pattern.slice(2)
        : host === pattern,
    )
  );
}

function describeAllowed(hosts: readonly string[] = []): string {
  return hosts.length === 0
    ? ' and no other host'
    : ` and allows ${hosts
        .slice(0, 10)
        .map(each => `"${each}"`)
        .join(', ')}${hosts.length > 10 ? ', …' : ''}`;
}

function explainTarget(
  target: ReturnType<typeof targetOf>,
): { field: string[]; why: string; next: string } | undefined {
  switch (target.kind) {
    case 'found':
      return undefined;
    case 'none-serves':
      return {
        field: [],
        why: 'no workload of this app has a service that could answer',
        next: 'Give a workload a port under "service.ports" in its score.yaml, or remove the address',
      };
    case 'unclear':
      return {
        field: [],
        why: `it does not say which ${
          target.field
        } answers, and there are ${target.names
          .slice(0, 10)
          .map(each => `"${each}"`)
          .join(', ')}`,
        next: `Name one of them as "${target.field}"`,
      };
    case 'unknown':
      return { field: [target.field], why: target.why, next: target.next };
    default:
      return target satisfies never;
  }
}
