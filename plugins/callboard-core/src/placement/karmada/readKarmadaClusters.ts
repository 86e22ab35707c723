import {
  fieldsOf,
  type Fields,
  isFields,
  listOf,
  textMapOf,
  textOf,
  textsOf,
} from '../documents';
import type { KarmadaCluster, ResourceSummary } from './types';

/** The Karmada `Cluster`s among the documents. */
export function readKarmadaClusters(
  documents: readonly Fields[],
): KarmadaCluster[] {
  return documents
    .filter(
      ({ kind, apiVersion }) =>
        kind === 'Cluster' && apiVersion === 'cluster.karmada.io/v1alpha1',
    )
    .map(readKarmadaCluster);
}

function readKarmadaCluster(document: Fields): KarmadaCluster {
  const metadata = fieldsOf(document.metadata);
  const spec = fieldsOf(document.spec);
  const status = fieldsOf(document.status);
  const zone = textOf(spec.zone);
  const zones = textsOf(spec.zones);
  return {
    name: textOf(metadata.name) ?? '',
    labels: textMapOf(metadata.labels),
    taints: listOf(spec.taints).map(item => {
      const { key, value, effect } = fieldsOf(item);
      return {
        key: textOf(key) ?? '',
        value: textOf(value),
        effect: textOf(effect) ?? '',
      };
    }),
    provider: textOf(spec.provider) || undefined,
    region: textOf(spec.region) || undefined,
    zones: zones.length === 0 && zone ? [zone] : zones,
    deleting:
      metadata.deletionTimestamp !== undefined &&
      metadata.deletionTimestamp !== null,
    apis: readApis(status.apiEnablements),
    ...(isFields(status.resourceSummary) && {
      resources: readResources(status.resourceSummary),
    }),
  };
}

function readApis(value: unknown): Set<string> {
  return new Set(
    listOf(value).flatMap(item => {
      const { groupVersion, resources } = fieldsOf(item);
      return listOf(resources).map(
        resource =>
          `${textOf(groupVersion) ?? ''} ${
            textOf(fieldsOf(resource).kind) ?? ''
          }`,
      );
    }),
  );
}

function readResources(summary: Fields): ResourceSummary {
  return {
    allocatable: fieldsOf(summary.allocatable),
    allocated: fieldsOf(summary.allocated),
    allocating: fieldsOf(summary.allocating),
  };
}
