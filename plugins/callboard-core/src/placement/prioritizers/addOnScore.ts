import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import type { Prioritizer } from './types';

/**
 * Scores by a value that an add-on reports about the cluster; 0 where it is
 * missing or expired.
 *
 * Source: open-cluster-management.io/ocm pkg/placement/plugins/addon (1.0).
 */
export function addOnScore(resource: string, score: string): Prioritizer {
  return (clusters, { now }) =>
    clusters.map(cluster => readScore(cluster, resource, score, now));
}

function readScore(
  cluster: ClusterFacts,
  resource: string,
  score: string,
  now: Date,
): number {
  const reported = cluster.addOnScores?.find(
    candidate => candidate.resource === resource,
  );
  if (reported === undefined)
    return cluster.scores?.[`${resource}/${score}`] ?? 0;
  const { validUntil, scores } = reported;
  if (validUntil !== undefined && now.getTime() > Date.parse(validUntil))
    return 0;
  return scores.filter(({ name }) => name === score).pop()?.value ?? 0;
}
