import {
  fieldsOf,
  type Fields,
  isFields,
  listOf,
  numberOf,
  textMapOf,
  textOf,
  textsOf,
} from '../documents';
import type { KarmadaCluster, NodeGrade, ResourceSummary } from './types';

/** Reads the Karmada `Cluster`s among the documents. */
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
      ...readGrades(
        spec.resourceModels,
        status.resourceSummary.allocatableModelings,
      ),
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

/** A grade's amounts are in the spec, its count at the same index of the status. */
function readGrades(
  models: unknown,
  counts: unknown,
): { grades?: NodeGrade[] } {
  if (listOf(counts).length === 0) return {};
  return {
    grades: listOf(models).map((model, index) => ({
      least: Object.fromEntries(
        listOf(fieldsOf(model).ranges).map(item => {
          const { name, min } = fieldsOf(item);
          return [textOf(name) ?? '', min];
        }),
      ),
      count: numberOf(fieldsOf(listOf(counts)[index]).count) ?? 0,
    })),
  };
}

function readResources(summary: Fields): ResourceSummary {
  return {
    allocatable: fieldsOf(summary.allocatable),
    allocated: fieldsOf(summary.allocated),
    allocating: fieldsOf(summary.allocating),
  };
}
