import { selectByRegion } from './selectByRegion';
import type { Candidate, Selection } from './scoreCandidates';
import type { KarmadaInput, KarmadaSpread } from './types';

/**
 * Selects the candidates that meet the spread constraints. Zone and provider
 * only filter; with a region groups are chosen; with a cluster constraint a
 * number of clusters.
 *
 * Source: karmada-io/karmada
 * pkg/scheduler/core/spreadconstraint/select_clusters.go (1.16).
 */
export function selectClusters(
  candidates: readonly Candidate[],
  input: KarmadaInput,
): Selection {
  const { spread, division } = input.placement;
  const ignoresSpread =
    division.kind === 'static' &&
    (division.weights === undefined || division.weights.length > 0);
  if (spread.length === 0 || ignoresSpread)
    return { kind: 'selected', candidates: [...candidates] };
  const byField = new Map(
    spread.map(constraint => [constraint.field, constraint]),
  );
  const region = byField.get('region');
  const cluster = byField.get('cluster');
  if (region) return selectByRegion(candidates, { region, cluster }, input);
  if (cluster) return selectByCluster(candidates, cluster, input);
  return {
    kind: 'refused',
    why: 'only spread over clusters and regions is supported',
  };
}

/** Takes the best ones; where replicas must fit, weaker ones are exchanged for clusters with more capacity. */
function selectByCluster(
  candidates: readonly Candidate[],
  { minGroups, maxGroups }: KarmadaSpread,
  { placement, workload }: KarmadaInput,
): Selection {
  if (candidates.length < minGroups) {
    return {
      kind: 'refused',
      why: `${candidates.length} clusters fit, at least ${minGroups} are wanted`,
    };
  }
  const count = Math.min(maxGroups, candidates.length);
  if (placement.division.kind === 'duplicated') {
    return { kind: 'selected', candidates: candidates.slice(0, count) };
  }
  const selected = exchangeForAvailable(candidates, count, workload.replicas);
  return selected.length > 0
    ? { kind: 'selected', candidates: selected }
    : {
        kind: 'refused',
        why: `no ${count} clusters have capacity for ${workload.replicas} replicas`,
      };
}

function exchangeForAvailable(
  candidates: readonly Candidate[],
  count: number,
  replicas: number,
): Candidate[] {
  const taken = candidates.slice(0, count);
  const rest = candidates.slice(count);
  const holds = () =>
    taken.reduce((sum, { available }) => sum + available, 0) >= replicas;
  for (let index = taken.length - 1; index >= 0 && !holds(); index -= 1) {
    const mostAvailable = findMostAvailable(rest, taken[index].available);
    if (mostAvailable >= 0)
      [taken[index], rest[mostAvailable]] = [rest[mostAvailable], taken[index]];
  }
  return holds() ? taken : [];
}

function findMostAvailable(
  candidates: readonly Candidate[],
  available: number,
): number {
  let best = -1;
  let most = available;
  candidates.forEach((candidate, index) => {
    if (candidate.available > most) {
      best = index;
      most = candidate.available;
    }
  });
  return best;
}
