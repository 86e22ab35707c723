import { findResourceOfKind } from '../discovery';
import type { OwnerReference, SimObject } from '../json';
import type { StoreEvent } from '../store';
import type { ClusterClient } from './ClusterClient';

interface Place {
  storage: string;
  namespace: string | undefined;
  name: string;
}

/** Dependents by their owner's uid. Holds only objects with owners, and owners that are being deleted. */
export class OwnerGraph {
  readonly #dependents = new Map<string, Map<string, Place>>();
  readonly #going = new Map<string, Place>();

  note({ type, storage, object, previous }: StoreEvent): void {
    const { uid = '', namespace, name } = object.metadata;
    const place = { storage, namespace, name };
    for (const owner of previous?.metadata.ownerReferences ?? [])
      this.#drop(owner.uid, uid);
    if (type === 'DELETED') {
      for (const owner of object.metadata.ownerReferences ?? [])
        this.#drop(owner.uid, uid);
      this.#going.delete(uid);
      return;
    }
    for (const owner of object.metadata.ownerReferences ?? []) {
      const known = this.#dependents.get(owner.uid) ?? new Map<string, Place>();
      known.set(uid, place);
      this.#dependents.set(owner.uid, known);
      this.#noteOwner(owner, namespace);
    }
    if (object.metadata.deletionTimestamp !== undefined)
      this.#going.set(uid, place);
  }

  hasDependents(uid: string): boolean {
    return this.#dependents.has(uid);
  }

  find({ registry }: ClusterClient, uid: string): SimObject | undefined {
    const place = this.#going.get(uid);
    const object =
      place === undefined
        ? undefined
        : registry.store.get(place.storage, place.namespace, place.name);
    return object?.metadata.uid === uid ? object : undefined;
  }

  dependentsOf({ registry }: ClusterClient, uid: string): SimObject[] {
    return [...(this.#dependents.get(uid) ?? [])].flatMap(
      ([dependent, { storage, namespace, name }]) => {
        const object = registry.store.get(storage, namespace, name);
        return object?.metadata.uid === dependent ? [object] : [];
      },
    );
  }

  #noteOwner(
    { apiVersion, kind, name, uid }: OwnerReference,
    namespace: string | undefined,
  ): void {
    const resource = findResourceOfKind(apiVersion, kind);
    if (resource === undefined || this.#going.has(uid)) return;
    this.#going.set(uid, {
      storage: resource.storage,
      namespace: resource.isNamespaced ? namespace : undefined,
      name,
    });
  }

  #drop(owner: string, dependent: string): void {
    const known = this.#dependents.get(owner);
    known?.delete(dependent);
    if (known?.size === 0) {
      this.#dependents.delete(owner);
    }
  }
}
