import { findResourceOfKind } from '../discovery';
import type { OwnerReference, SimObject } from '../json';
import type { ClusterClient } from './ClusterClient';
import type { Controller } from './Controller';
import { OwnerGraph } from './OwnerGraph';

const FOREGROUND = 'foregroundDeletion';
const ORPHAN = 'orphan';

/**
 * Deletes objects that lost their owners, and finishes foreground and orphaning
 * deletions.
 *
 * Keys are uids of owners. A dependent is deleted when none of its owners is
 * left.
 */
export function garbageCollector(client: ClusterClient): Controller {
  const graph = new OwnerGraph();
  return {
    name: 'garbage-collector',
    keysOf(event) {
      graph.note(event);
      const { metadata } = event.object;
      const owners = (metadata.ownerReferences ?? []).map(({ uid }) => uid);
      const isOwner =
        graph.hasDependents(metadata.uid ?? '') ||
        hasCollectorFinalizer(event.object);
      const isNew = event.type === 'ADDED' || event.type === 'DELETED';
      const own =
        isOwner &&
        (event.type === 'DELETED' || metadata.deletionTimestamp !== undefined)
          ? [metadata.uid ?? '']
          : [];
      return [...own, ...(isNew ? owners : [])];
    },
    reconcile(uid) {
      const owner = graph.find(client, uid);
      const dependents = graph.dependentsOf(client, uid);
      if (owner === undefined) collectOrphans(client, dependents);
      else if (owner.metadata.deletionTimestamp !== undefined)
        finishDeletion(client, owner, dependents);
      return undefined;
    },
  };
}

function hasCollectorFinalizer({ metadata }: SimObject): boolean {
  return (metadata.finalizers ?? []).some(
    finalizer => finalizer === FOREGROUND || finalizer === ORPHAN,
  );
}

/** Deletes the dependents of a deleted owner that have no other owner. */
function collectOrphans(
  client: ClusterClient,
  dependents: readonly SimObject[],
): void {
  for (const dependent of dependents) {
    const references = dependent.metadata.ownerReferences ?? [];
    const living = references.filter(reference =>
      isAlive(client, reference, dependent.metadata.namespace),
    );
    if (living.length === references.length) continue;
    if (living.length === 0)
      client.delete(dependent, { propagationPolicy: 'Background' });
    else
      client.update(dependent, draft =>
        Object.assign(draft.metadata, { ownerReferences: living }),
      );
  }
}

function isAlive(
  client: ClusterClient,
  { apiVersion, kind, name, uid }: OwnerReference,
  namespace: string | undefined,
): boolean {
  const resource = findResourceOfKind(apiVersion, kind);
  if (resource === undefined) return true; // an owner of a kind that is not served counts as existing
  const owner = client.registry.store.get(
    resource.storage,
    resource.isNamespaced ? namespace : undefined,
    name,
  );
  return owner?.metadata.uid === uid;
}

function finishDeletion(
  client: ClusterClient,
  owner: SimObject,
  dependents: readonly SimObject[],
): void {
  const finalizers = owner.metadata.finalizers ?? [];
  if (finalizers.includes(ORPHAN)) {
    dependents.forEach(dependent => release(client, dependent, owner));
    dropFinalizer(client, owner, ORPHAN);
    return;
  }
  if (!finalizers.includes(FOREGROUND)) return;
  for (const dependent of dependents) {
    if (dependent.metadata.deletionTimestamp === undefined)
      client.delete(dependent, { propagationPolicy: 'Foreground' });
  }
  const isBlocked = dependents.some(dependent =>
    dependent.metadata.ownerReferences?.some(
      ({ uid, blockOwnerDeletion }) =>
        uid === owner.metadata.uid && blockOwnerDeletion === true,
    ),
  );
  if (!isBlocked) dropFinalizer(client, owner, FOREGROUND);
}

function release(
  client: ClusterClient,
  dependent: SimObject,
  owner: SimObject,
): void {
  const rest = (dependent.metadata.ownerReferences ?? []).filter(
    ({ uid }) => uid !== owner.metadata.uid,
  );
  client.update(dependent, draft =>
    Object.assign(draft.metadata, {
      ownerReferences: rest.length > 0 ? rest : undefined,
    }),
  );
}

function dropFinalizer(
  client: ClusterClient,
  owner: SimObject,
  finalizer: string,
): void {
  const rest = (owner.metadata.finalizers ?? []).filter(
    other => other !== finalizer,
  );
  client.update(owner, draft =>
    Object.assign(draft.metadata, {
      finalizers: rest.length > 0 ? rest : undefined,
    }),
  );
}
