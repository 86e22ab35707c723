import type { JsonObject } from '../json';

export const METRICS_GROUP = 'metrics.k8s.io';
const VERSION = 'v1beta1';
export const METRICS_VERSION = `${METRICS_GROUP}/${VERSION}`;

const RESOURCES = [
  { name: 'nodes', kind: 'NodeMetrics', namespaced: false },
  { name: 'pods', kind: 'PodMetrics', namespaced: true },
] as const;
const VERBS = ['get', 'list'];

/** Returns the group as `/apis` lists it. */
export function describeMetricsGroup(): JsonObject {
  const version = { groupVersion: METRICS_VERSION, version: VERSION };
  return {
    name: METRICS_GROUP,
    versions: [version],
    preferredVersion: version,
  };
}

/** Returns the discovery document at a path below `/apis/metrics.k8s.io`; undefined for an unknown path. */
export function metricsDocument(path: string): JsonObject | undefined {
  if (path === `/apis/${METRICS_GROUP}`)
    return { kind: 'APIGroup', apiVersion: 'v1', ...describeMetricsGroup() };
  if (path !== `/apis/${METRICS_VERSION}`) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: METRICS_VERSION,
    resources: RESOURCES.map(resource => ({
      ...resource,
      singularName: '',
      verbs: VERBS,
    })),
  };
}

/** Returns the group as aggregated discovery lists it. */
export function aggregatedMetrics(): JsonObject {
  return {
    metadata: { name: METRICS_GROUP },
    versions: [
      {
        version: VERSION,
        freshness: 'Current',
        resources: RESOURCES.map(({ name, kind, namespaced }) => ({
          resource: name,
          responseKind: { group: '', version: '', kind },
          scope: namespaced ? 'Namespaced' : 'Cluster',
          singularResource: '',
          verbs: VERBS,
        })),
      },
    ],
  };
}
