import type {
  AddOnScores,
  ClusterFacts,
  ClusterAmounts,
  Taint,
} from '@callboard/plugin-callboard-common';
import {
  fieldsOf,
  type Fields,
  isFields,
  listOf,
  numberOf,
  readLabelSelector,
  textMapOf,
  textOf,
  timeOf,
} from '../documents';
import { approximate, parseQuantity } from '../quantity';
import { matchesSelector, ownValue } from '../selectors';

const SET_LABEL = 'cluster.open-cluster-management.io/clusterset';

/**
 * Reads the ManagedClusters among the documents, with the facts that
 * ManagedClusterSets and AddOnPlacementScores add. Without any
 * ManagedClusterSet the label of a cluster names its set.
 *
 * Source: open-cluster-management.io/sdk-go pkg/apis/cluster/v1beta2 (1.0).
 */
export function readManagedClusters(
  documents: readonly Fields[],
): ClusterFacts[] {
  const sets = documents.filter(({ kind }) => kind === 'ManagedClusterSet');
  const scores = documents.filter(({ kind }) => kind === 'AddOnPlacementScore');
  return documents
    .filter(({ kind }) => kind === 'ManagedCluster')
    .map(document => readManagedCluster(document, sets, scores));
}

function readManagedCluster(
  document: Fields,
  sets: readonly Fields[],
  scores: readonly Fields[],
): ClusterFacts {
  const metadata = fieldsOf(document.metadata);
  const status = fieldsOf(document.status);
  const name = textOf(metadata.name) ?? '';
  const labels = textMapOf(metadata.labels);
  return {
    name,
    labels,
    claims: readClaims(status.clusterClaims),
    clusterSets: setsOf(labels, sets),
    taints: listOf(fieldsOf(document.spec).taints).map(readTaint),
    freshness: 'live',
    deleting:
      metadata.deletionTimestamp !== undefined &&
      metadata.deletionTimestamp !== null,
    allocatable: readAmounts(status.allocatable),
    capacity: readAmounts(status.capacity),
    addOnScores: scores
      .filter(score => fieldsOf(score.metadata).namespace === name)
      .map(readScores),
    manifest: document,
  };
}

function readClaims(value: unknown): Record<string, string> {
  return Object.fromEntries(
    listOf(value).map(item => {
      const { name, value: claim } = fieldsOf(item);
      return [textOf(name) ?? '', textOf(claim) ?? ''];
    }),
  );
}

function readTaint(item: unknown): Taint {
  const { key, value, effect, timeAdded } = fieldsOf(item);
  return {
    key: textOf(key) ?? '',
    value: textOf(value) ?? '',
    effect: (textOf(effect) ?? '') as Taint['effect'],
    timeAdded: timeOf(timeAdded),
  };
}

function setsOf(
  labels: Record<string, string>,
  sets: readonly Fields[],
): string[] {
  const own = ownValue(labels, SET_LABEL);
  if (sets.length === 0)
    return own === undefined ? ['global'] : [own, 'global'];
  return sets
    .filter(set => belongs(labels, set))
    .map(set => textOf(fieldsOf(set.metadata).name) ?? '');
}

/** By the exclusive label, unless the set selects by labels. */
function belongs(labels: Record<string, string>, set: Fields): boolean {
  const selector = fieldsOf(fieldsOf(set.spec).clusterSelector);
  if (selector.selectorType !== 'LabelSelector') {
    return ownValue(labels, SET_LABEL) === textOf(fieldsOf(set.metadata).name);
  }
  return (
    isFields(selector.labelSelector) &&
    matchesSelector(readLabelSelector(selector.labelSelector), labels)
  );
}

function readAmounts(value: unknown): ClusterAmounts {
  const { cpu, memory } = fieldsOf(value);
  const cpuQuantity = parseQuantity(cpu);
  const memoryQuantity = parseQuantity(memory);
  return {
    ...(cpuQuantity && { cpuCores: approximate(cpuQuantity) }),
    ...(memoryQuantity && { memoryBytes: approximate(memoryQuantity) }),
  };
}

function readScores(document: Fields): AddOnScores {
  const status = fieldsOf(document.status);
  const validUntil = timeOf(status.validUntil);
  return {
    resource: textOf(fieldsOf(document.metadata).name) ?? '',
    ...(validUntil !== undefined && { validUntil }),
    scores: listOf(status.scores).map(item => {
      const { name, value } = fieldsOf(item);
      return { name: textOf(name) ?? '', value: numberOf(value) ?? 0 };
    }),
  };
}
