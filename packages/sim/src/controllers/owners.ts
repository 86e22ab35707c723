import type { OwnerReference, SimObject } from '../json';

export function controllerOf({
  metadata,
}: SimObject): OwnerReference | undefined {
  return metadata.ownerReferences?.find(
    ({ controller }) => controller === true,
  );
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
