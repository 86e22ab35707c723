import type {
  AppAddress,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { nearestName } from '../render/nearestName';

/** The workload and port of an address, or why there is none. */
export type AddressTarget =
  | { kind: 'found'; workload: string; port: number }
  /** No workload has a service: the app is not reachable. */
  | { kind: 'none-serves' }
  /** Several are possible. */
  | { kind: 'unclear'; field: 'workload' | 'port'; names: string[] }
  /** The named one does not exist. */
  | {
      kind: 'unknown';
      field: 'workload' | 'port';
      why: string;
      next: string;
    };

/** Port names that are used where none is named. */
const WEB_PORTS = ['http', 'web'];

/**
 * Finds the workload of an address and the port of its service. Where none is
 * named: the only workload with a service, else the one with the app's name;
 * its only port, else the one called `http` or `web`. It never guesses beyond
 * that, so that nothing is exposed unintentionally.
 */
export function targetOf(
  app: string,
  { workload: wanted, port }: AppAddress,
  workloads: readonly ScoreWorkload[],
): AddressTarget {
  const serving = workloads.filter(
    each => Object.keys(portsOf(each)).length > 0,
  );
  const names = serving.map(({ metadata }) => metadata.name).sort();
  if (names.length === 0 && wanted === undefined)
    return { kind: 'none-serves' };
  const name = wanted ?? (names.length === 1 ? names[0] : app);
  const workload = serving.find(({ metadata }) => metadata.name === name);
  if (!workload)
    return wanted === undefined
      ? { kind: 'unclear', field: 'workload', names }
      : {
          kind: 'unknown',
          field: 'workload',
          ...describeUnknown(wanted, names, 'workload with a service'),
        };
  return findPort(name, port, portsOf(workload));
}

function findPort(
  workload: string,
  wanted: AppAddress['port'],
  ports: Record<string, number>,
): AddressTarget {
  const names = Object.keys(ports).sort();
  const name =
    wanted === undefined
      ? usualPort(names)
      : names.find(
          each => each === wanted || String(ports[each]) === String(wanted),
        );
  if (name !== undefined) return { kind: 'found', workload, port: ports[name] };
  return wanted === undefined
    ? { kind: 'unclear', field: 'port', names }
    : {
        kind: 'unknown',
        field: 'port',
        ...describeUnknown(
          String(wanted),
          names,
          `port of the workload "${workload}"`,
        ),
      };
}

function usualPort(names: readonly string[]): string | undefined {
  return names.length === 1
    ? names[0]
    : WEB_PORTS.find(name => names.includes(name));
}

function describeUnknown(
  wanted: string,
  names: string[],
  noun: string,
): { why: string; next: string } {
  const { hint, next } = nearestName(wanted, names);
  return {
    why: `must name a ${noun}${hint}`,
    next:
      names.length === 0
        ? 'Give a workload a port under "service.ports" in its score.yaml'
        : next,
  };
}

/** Ports by name; only those that can carry HTTP. */
function portsOf({ service }: ScoreWorkload): Record<string, number> {
  return Object.fromEntries(
    Object.entries(service?.ports ?? {})
      .filter(([, { protocol = 'TCP' }]) => protocol === 'TCP')
      .map(([name, { port }]) => [name, port]),
  );
}
