import { fieldsOf, type Fields, listOf, textOf } from '../documents';

const PLACEMENT_LABEL = 'cluster.open-cluster-management.io/placement';

export interface PlacementName {
  name: string;
  namespace: string;
}

/**
 * Counts how often each cluster is chosen by the PlacementDecisions of other
 * placements; those of the placement itself do not count.
 */
export function countDecisions(
  documents: readonly Fields[],
  placement: PlacementName,
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const document of documents) {
    if (document.kind !== 'PlacementDecision') continue;
    if (isDecisionOf(document, placement)) continue;
    for (const decision of listOf(fieldsOf(document.status).decisions)) {
      const cluster = textOf(fieldsOf(decision).clusterName) ?? '';
      counts[cluster] = (counts[cluster] ?? 0) + 1;
    }
  }
  return counts;
}

/** Returns whether it is a PlacementDecision of this placement. */
export function isDecisionOf(
  { kind, metadata }: Fields,
  placement: PlacementName,
): boolean {
  const { labels, namespace } = fieldsOf(metadata);
  return (
    kind === 'PlacementDecision' &&
    fieldsOf(labels)[PLACEMENT_LABEL] === placement.name &&
    (textOf(namespace) ?? '') === placement.namespace
  );
}
