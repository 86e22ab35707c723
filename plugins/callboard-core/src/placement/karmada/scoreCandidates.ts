import { compareText } from '../selectors';
import { estimateAvailableReplicas } from './estimateAvailableReplicas';
import type { KarmadaCluster, KarmadaInput } from './types';

/** A cluster that passed every filter, with the values that the engine compares. */
export interface Candidate {
  cluster: KarmadaCluster;
  /** 100 where the workload already is, else 0. */
  score: number;
  /** Free capacity for more replicas. */
  capacity: number;
  /** Free capacity and the replicas that are already there. */
  available: number;
}

/** The clusters, or why the engine refuses. */
export type Selection =
  | { kind: 'selected'; candidates: Candidate[] }
  | { kind: 'refused'; why: string };

/** Without replicas capacity does not matter: every cluster counts the same. */
const UNBOUNDED = 2 ** 31 - 1;

/**
 * Scores and sorts the candidates, best first. Source: karmada-io/karmada
 * pkg/scheduler/core/spreadconstraint/group_clusters.go and
 * plugins/clusterlocality (1.16).
 */
export function scoreCandidates(
  clusters: readonly KarmadaCluster[],
  { workload, previous }: KarmadaInput,
): Candidate[] {
  const held = new Map(previous.map(({ name, replicas }) => [name, replicas]));
  const isPlaced =
    previous.reduce((sum, { replicas }) => sum + replicas, 0) > 0;
  return clusters
    .map(cluster => {
      const capacity =
        workload.replicas === 0
          ? UNBOUNDED
          : estimateAvailableReplicas(cluster, workload);
      const score = isPlaced && held.has(cluster.name) ? 100 : 0;
      return {
        cluster,
        score,
        capacity,
        available: capacity + (held.get(cluster.name) ?? 0),
      };
    })
    .sort(compareCandidates);
}

export function compareCandidates(a: Candidate, b: Candidate): number {
  return (
    b.score - a.score ||
    b.available - a.available ||
    compareText(a.cluster.name, b.cluster.name)
  );
}
