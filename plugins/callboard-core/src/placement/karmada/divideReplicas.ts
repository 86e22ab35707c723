import { allocateSeats, hasOddHash, type Party } from './allocateSeats';
import { listMismatches } from './matchesAffinity';
import type { Candidate } from './scoreCandidates';
import { sortAsGo } from './sortAsGo';
import type { KarmadaInput, StaticWeight, TargetCluster } from './types';

/** Either the targets, those without a replica left out, or why the engine refuses. */
export type DivisionResult =
  | { kind: 'divided'; targets: TargetCluster[] }
  | { kind: 'refused'; why: string };

/**
 * Divides the replicas of a workload over the selected clusters.
 *
 * Source: karmada-io/karmada pkg/scheduler/core/assignment.go and division_algorithm.go (1.16).
 */
export function divideReplicas(
  selected: readonly Candidate[],
  input: KarmadaInput,
): DivisionResult {
  const { workload, placement } = input;
  const { division } = placement;
  switch (division.kind) {
    case 'duplicated':
      return divided(
        selected.map(({ cluster }) => ({
          name: cluster.name,
          replicas: workload.replicas,
        })),
      );
    case 'static':
      return seat(
        workload.replicas,
        weigh(selected, division.weights ?? []),
        input,
      );
    case 'dynamic':
      return divideByAvailable(selected, input, false);
    default:
      return divideByAvailable(selected, input, true);
  }
}

function divided(targets: TargetCluster[]): DivisionResult {
  return { kind: 'divided', targets };
}

/** The highest weight of all rules that match; who matches none is left out, unless nobody weighs anything. */
function weigh(
  selected: readonly Candidate[],
  weights: readonly StaticWeight[],
): Party[] {
  const parties = selected.flatMap(({ cluster }): Party[] => {
    const matching = weights.filter(
      ({ target }) => listMismatches(cluster, target).length === 0,
    );
    const votes = Math.max(0, ...matching.map(({ weight }) => weight));
    return votes > 0 ? [{ name: cluster.name, votes }] : [];
  });
  return parties.length > 0
    ? parties
    : selected.map(({ cluster }) => ({ name: cluster.name, votes: 1 }));
}

/** What is there stays as far as it can: only missing replicas are divided, surplus ones taken in proportion. */
function divideByAvailable(
  selected: readonly Candidate[],
  input: KarmadaInput,
  aggregates: boolean,
): DivisionResult {
  const { workload, previous } = input;
  const names = new Set(selected.map(({ cluster }) => cluster.name));
  const kept = previous.filter(({ name }) => names.has(name));
  const assigned = sumOf(kept);
  if (assigned === workload.replicas)
    return divided(kept.filter(({ replicas }) => replicas > 0));
  if (assigned > workload.replicas) {
    return share(workload.replicas, byReplicas(previous), {
      input,
      aggregates,
      kept: [],
    });
  }
  const rooms = selected.map(({ cluster, room }) => ({
    name: cluster.name,
    replicas: room,
  }));
  return share(workload.replicas - assigned, byReplicas(rooms), {
    input,
    aggregates,
    kept,
  });
}

function share(
  replicas: number,
  rooms: readonly TargetCluster[],
  {
    input,
    aggregates,
    kept,
  }: { input: KarmadaInput; aggregates: boolean; kept: TargetCluster[] },
): DivisionResult {
  const room = sumOf(rooms);
  if (room < replicas) {
    return {
      kind: 'refused',
      why: `there is room for ${room} of ${replicas} replicas`,
    };
  }
  const takers = aggregates
    ? shortestPrefix(holdersFirst(rooms, kept), replicas)
    : rooms;
  const parties = takers.map(({ name, replicas: votes }) => ({ name, votes }));
  return seat(replicas, parties, input, kept);
}

function seat(
  replicas: number,
  parties: readonly Party[],
  { workload }: KarmadaInput,
  kept: readonly TargetCluster[] = [],
): DivisionResult {
  const seats = allocateSeats(replicas, parties, {
    reversed: hasOddHash(workload.uid ?? ''),
  });
  for (const { name, replicas: held } of kept)
    seats.set(name, (seats.get(name) ?? 0) + held);
  return divided(
    [...seats]
      .map(([name, taken]) => ({ name, replicas: taken }))
      .filter(target => target.replicas > 0),
  );
}

function holdersFirst(
  rooms: readonly TargetCluster[],
  kept: readonly TargetCluster[],
): TargetCluster[] {
  const holders = new Set(
    kept.filter(({ replicas }) => replicas > 0).map(({ name }) => name),
  );
  return [
    ...rooms.filter(({ name }) => holders.has(name)),
    ...rooms.filter(({ name }) => !holders.has(name)),
  ];
}

function shortestPrefix(
  rooms: readonly TargetCluster[],
  replicas: number,
): TargetCluster[] {
  let sum = 0;
  const last = rooms.findIndex(room => {
    sum += room.replicas;
    return sum >= replicas;
  });
  return rooms.slice(0, last + 1);
}

/** Most first. Of equal ones the engine's own method says which stands first, and so which is cut off. */
function byReplicas(targets: readonly TargetCluster[]): TargetCluster[] {
  return sortAsGo(targets, (a, b) => a.replicas > b.replicas);
}

function sumOf(targets: readonly TargetCluster[]): number {
  return targets.reduce((sum, { replicas }) => sum + replicas, 0);
}
