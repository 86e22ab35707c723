import type { JsonObject } from '../json';
import { type ApiResource, allResources } from './resources';

export function apiVersionsDocument(): JsonObject {
  return {
    kind: 'APIVersions',
    versions: ['v1'],
    serverAddressByClientCIDRs: [
      { clientCIDR: '0.0.0.0/0', serverAddress: '127.0.0.1:443' },
    ],
  };
}

/**
 * @param aggregated - groups that other servers serve
 */
export function apiGroupListDocument(
  aggregated: readonly JsonObject[] = [],
): JsonObject {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [...groupNames().map(describeGroup), ...aggregated],
  };
}

/** `undefined` where the group is not served. */
export function apiGroupDocument(group: string): JsonObject | undefined {
  if (!groupNames().includes(group)) return undefined;
  return { kind: 'APIGroup', apiVersion: 'v1', ...describeGroup(group) };
}

/** `undefined` where the version is not served. */
export function apiResourceListDocument(
  groupVersion: string,
): JsonObject | undefined {
  const resources = allResources().filter(
    resource => resource.groupVersion === groupVersion,
  );
  if (resources.length === 0) return undefined;
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion,
    resources: resources.flatMap(describeResource),
  };
}

/**
 * Aggregated discovery: all of `/api` or all of `/apis` in one response.
 *
 * @param aggregated - groups that other servers serve
 */
export function aggregatedDocument(
  root: 'api' | 'apis',
  aggregated: readonly JsonObject[] = [],
): JsonObject {
  const names = root === 'api' ? [''] : groupNames();
  return {
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items: [
      ...names.map(group => ({
        metadata: group === '' ? {} : { name: group },
        versions: [
          {
            version: versionOf(group),
            resources: allResources()
              .filter(resource => resource.group === group)
              .map(describeAggregated),
            freshness: 'Current',
          },
        ],
      })),
      ...aggregated,
    ],
  };
}

function groupNames(): string[] {
  return [...new Set(allResources().map(({ group }) => group))].filter(
    group => group !== '',
  );
}

function versionOf(group: string): string {
  return (
    allResources().find(resource => resource.group === group)?.version ?? 'v1'
  );
}

function describeGroup(group: string): JsonObject {
  const version = {
    groupVersion: `${group}/${versionOf(group)}`,
    version: versionOf(group),
  };
  return { name: group, versions: [version], preferredVersion: version };
}

function describeResource(resource: ApiResource): JsonObject[] {
  const subresources = [...resource.subresources].map(([name, sub]) => ({
    name: `${resource.resource}/${name}`,
    singularName: '',
    namespaced: resource.isNamespaced,
    ...(sub.group === undefined ? {} : { group: sub.group }),
    ...(sub.version === undefined ? {} : { version: sub.version }),
    kind: sub.kind,
    verbs: [...sub.verbs],
  }));
  return [
    {
      name: resource.resource,
      singularName: resource.singular,
      namespaced: resource.isNamespaced,
      kind: resource.kind,
      verbs: [...resource.verbs],
      ...(resource.shortNames.length === 0
        ? {}
        : { shortNames: [...resource.shortNames] }),
      ...(resource.categories.length === 0
        ? {}
        : { categories: [...resource.categories] }),
    },
    ...subresources,
  ];
}

function describeAggregated(resource: ApiResource): JsonObject {
  // without names, the enclosing group and version apply
  const kindOf = (kind: string, group = '', version = '') => ({
    group,
    version,
    kind,
  });
  return {
    resource: resource.resource,
    responseKind: kindOf(resource.kind),
    scope: resource.isNamespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: [...resource.verbs],
    shortNames: [...resource.shortNames],
    categories: [...resource.categories],
    subresources: [...resource.subresources].map(([name, sub]) => ({
      subresource: name,
      responseKind: kindOf(sub.kind, sub.group, sub.version),
      verbs: [...sub.verbs],
    })),
  };
}
