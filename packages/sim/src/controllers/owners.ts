import type { OwnerReference, SimObject } from '../json';
import { keyOf } from './Controller';

export function controllerOf({
  metadata,
}: SimObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(
    ({ controller }) => controller === true,
  );
}

/**
 * Returns the key of the object of this kind that controls another, if one
 * does: it is reconciled when the other changes.
 */
export function keysOfController(kind: string, object: SimObject): string[] {
  const { namespace } = object.metadata;
  const owner = controllerOf(object);
  return owner?.kind === kind ? [keyOf({ namespace, name: owner.name })] : [];
}

export function isControlledBy(object: SimObject, owner: SimObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** Returns the owner reference that a controller sets on objects it creates. */
export function controllerReference({
  apiVersion,
  kind,
  metadata,
}: SimObject): OwnerReference {
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid ?? '',
    controller: true,
    blockOwnerDeletion: true,
  };
}
