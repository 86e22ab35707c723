import { allocateSeats, hasOddHash, type Party } from './allocateSeats';
import { listMismatches } from './matchesAffinity';
import type { Candidate } from './scoreCandidates';
import { sortAsGo } from './sortAsGo';
import type { KarmadaInput, StaticWeight, TargetCluster } from './types';

/** The targets, without those that get no replica, or why the engine refuses. */
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

/**
 * Returns the highest weight of all matching rules for each cluster; clusters
 * without a match are left out, unless no rule matches at all.
 */
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

/** Existing replicas stay as far as possible: only missing replicas are divided, surplus ones removed in proportion. */
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
  const capacities = selected.map(({ cluster, capacity }) => ({
    name: cluster.name,
    replicas: capacity,
  }));
  return share(workload.replicas - assigned, byReplicas(capacities), {
    input,
    aggregates,
    kept,
  });
}

function share(
  replicas: number,
  capacities: readonly TargetCluster[],
  {
    input,
    aggregates,
    kept,
  }: { input: KarmadaInput; aggregates: boolean; kept: TargetCluster[] },
): DivisionResult {
  const capacity = sumOf(capacities);
  if (capacity < replicas) {
    return {
      kind: 'refused',
      why: `there is capacity for ${capacity} of ${replicas} replicas`,
    };
  }
  const takers = aggregates
    ? shortestPrefix(holdersFirst(capacities, kept), replicas)
    : capacities;
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
  capacities: readonly TargetCluster[],
  kept: readonly TargetCluster[],
): TargetCluster[] {
  const holders = new Set(
    kept.filter(({ replicas }) => replicas > 0).map(({ name }) => name),
  );
  return [
    ...capacities.filter(({ name }) => holders.has(name)),
    ...capacities.filter(({ name }) => !holders.has(name)),
  ];
}

function shortestPrefix(
  capacities: readonly TargetCluster[],
  replicas: number,
): TargetCluster[] {
  let sum = 0;
  const last = capacities.findIndex(capacity => {
    sum += capacity.replicas;
    return sum >= replicas;
  });
  return capacities.slice(0, last + 1);
}

/** Most first. The engine's own sort decides the order of equal ones, and so which is cut off. */
function byReplicas(targets: readonly TargetCluster[]): TargetCluster[] {
  return sortAsGo(targets, (a, b) => a.replicas > b.replicas);
}

function sumOf(targets: readonly TargetCluster[]): number {
  return targets.reduce((sum, { replicas }) => sum + replicas, 0);
}
