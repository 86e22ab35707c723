import { fieldsOf, type Fields, listOf, textOf } from '../documents';

const PLACEMENT_LABEL = 'cluster.open-cluster-management.io/placement';

/**
 * How often each cluster is chosen by the PlacementDecisions of other
 * placements; those of the placement itself do not count.
 */
export function countDecisions(
  documents: readonly Fields[],
  placement: { name: string; namespace: string },
): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const document of documents) {
    if (document.kind !== 'PlacementDecision') continue;
    const { labels, namespace } = fieldsOf(document.metadata);
    const isOwn =
      fieldsOf(labels)[PLACEMENT_LABEL] === placement.name &&
      (textOf(namespace) ?? '') === placement.namespace;
    if (isOwn) continue;
    for (const decision of listOf(fieldsOf(document.status).decisions)) {
      const cluster = textOf(fieldsOf(decision).clusterName) ?? '';
      counts[cluster] = (counts[cluster] ?? 0) + 1;
    }
  }
  return counts;
}
