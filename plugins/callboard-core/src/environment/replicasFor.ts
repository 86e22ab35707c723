import { matchesSelector } from '../placement/selectors';
import type { ResolvedEnvironment } from './types';

/**
 * Returns the replicas on a cluster with these labels. Of several overrides
 * that match, the last one with a number counts.
 */
export function replicasFor(
  environment: Pick<ResolvedEnvironment, 'replicas' | 'overrides'>,
  clusterLabels: Record<string, string>,
): number {
  const matching = environment.overrides.filter(
    ({ clusters, replicas }) =>
      replicas !== undefined && matchesSelector(clusters, clusterLabels),
  );
  return matching.at(-1)?.replicas ?? environment.replicas;
}
