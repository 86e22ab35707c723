import { allResources, resourceOfKind } from '../discovery';
import { cloneJson, getPath, type JsonObject, type SimObject } from '../json';
import { deleteObject, type Registry } from '../registry';
import type { Condition } from '../kinds';
import type { ClusterClient } from './ClusterClient';
import { type Controller, keyOf, splitKey } from './Controller';

const CONDITIONS_AFTER_MS = 5_000; // a server reports why a namespace is not gone only after a delay

/** Deletes the content of namespaces that are being deleted, and finalizes them when nothing is left. */
export function namespaceController(client: ClusterClient): Controller {
  const namespaces = resourceOfKind('v1', 'Namespace');
  return {
    name: 'namespace',
    keysOf({ storage, object }) {
      if (storage === namespaces.storage) return [keyOf(object.metadata)];
      const { namespace } = object.metadata;
      const holder =
        namespace === undefined
          ? undefined
          : client.get('Namespace', undefined, namespace);
      return holder?.metadata.deletionTimestamp === undefined
        ? []
        : [keyOf(holder.metadata)];
    },
    reconcile(key) {
      const namespace = client.get('Namespace', undefined, splitKey(key).name);
      if (namespace?.metadata.deletionTimestamp === undefined) return undefined;
      deleteContent(client.registry, namespace.metadata.name);
      const left = contentOf(client.registry, namespace.metadata.name);
      if (left.length === 0) {
        finalize(client.registry, namespace);
        return undefined;
      }
      const ageMs =
        client.now().getTime() -
        Date.parse(namespace.metadata.deletionTimestamp);
      if (ageMs < CONDITIONS_AFTER_MS) return CONDITIONS_AFTER_MS - ageMs;
      const conditions = describeRemaining(
        left,
        client.timestamp(),
        getPath(namespace, ['status', 'conditions']) as Condition[] | undefined,
      );
      client.updateStatus(namespace, {
        ...(namespace.status as JsonObject),
        conditions,
      });
      return CONDITIONS_AFTER_MS;
    },
  };
}

interface Content {
  resource: string;
  object: SimObject;
}

function contentOf({ store }: Registry, namespace: string): Content[] {
  const seen = new Set<string>();
  return allResources()
    .filter(
      ({ isNamespaced, storage }) =>
        isNamespaced && !seen.has(storage) && seen.add(storage),
    )
    .flatMap(({ storage, resource, group }) =>
      store.list(storage, namespace).map(object => ({
        resource: group === '' ? `${resource}.` : `${resource}.${group}`,
        object,
      })),
    );
}

function deleteContent(registry: Registry, namespace: string): void {
  for (const { object } of contentOf(registry, namespace)) {
    if (object.metadata.deletionTimestamp !== undefined) continue;
    const resource = resourceOfKind(object.apiVersion, object.kind);
    deleteObject(
      registry,
      resource,
      { namespace, name: object.metadata.name },
      { propagationPolicy: 'Background' },
    );
  }
}

function finalize({ store }: Registry, namespace: SimObject): void {
  const { storage } = resourceOfKind('v1', 'Namespace');
  const next = cloneJson(namespace);
  next.spec = {};
  if ((next.metadata.finalizers ?? []).length === 0)
    store.remove(storage, next);
  else if (getPath(namespace, ['spec', 'finalizers']) !== undefined)
    store.put(storage, next);
}

/** Source: kubernetes pkg/controller/namespace/deletion/status_condition_utils.go. */
function describeRemaining(
  left: readonly Content[],
  now: string,
  before: readonly Condition[] = [],
): Condition[] {
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ): Condition => {
    const known = before.find(
      other => other.type === type && other.status === status,
    );
    return {
      type,
      status,
      reason,
      message,
      lastTransitionTime: known?.lastTransitionTime ?? now,
    };
  };
  const resources = countBy(left.map(({ resource }) => resource));
  const finalizers = countBy(
    left.flatMap(({ object }) => object.metadata.finalizers ?? []),
  );
  const reported = (counts: Map<string, number>, word: string) =>
    [...counts]
      .sort()
      .map(([name, count]) => `${name} ${word} ${count}`)
      .join(', ');
  return [
    condition(
      'NamespaceDeletionDiscoveryFailure',
      'False',
      'ResourcesDiscovered',
      'All resources successfully discovered',
    ),
    condition(
      'NamespaceDeletionGroupVersionParsingFailure',
      'False',
      'ParsedGroupVersions',
      'All legacy kube types successfully parsed',
    ),
    condition(
      'NamespaceDeletionContentFailure',
      'False',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    condition(
      'NamespaceContentRemaining',
      'True',
      'SomeResourcesRemain',
      `Some resources are remaining: ${reported(
        resources,
        'has',
      )} resource instances`,
    ),
    finalizers.size > 0
      ? condition(
          'NamespaceFinalizersRemaining',
          'True',
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${reported(
            finalizers,
            'in',
          )} resource instances`,
        )
      : condition(
          'NamespaceFinalizersRemaining',
          'False',
          'ContentHasNoFinalizers',
          'All content-preserving finalizers finished',
        ),
  ];
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
