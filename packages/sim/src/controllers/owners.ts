import type { OwnerReference, SimObject } from '../json';
import { keyOf } from './Controller';

export function controllerOf({
  metadata,
}: SimObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(
    ({ controller }) => controller === true,
  );
}

/** Of the object of this kind that controls another, where one does: it is to be looked at when the other changes. */
export function keysOfController(kind: string, object: SimObject): string[] {
  const { namespace } = object.metadata;
  const owner = controllerOf(object);
  return owner?.kind === kind ? [keyOf({ namespace, name: owner.name })] : [];
}

export function isControlledBy(object: SimObject, owner: SimObject): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** The reference that a controller puts on what it makes. */
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
