import {
  type KubeObject,
  LABELS,
  isDataKind,
} from '@callboard/plugin-callboard-common';

/**
 * True when deleting an object loses data: claims, and objects that operators
 * create for a resource. Such an object stays until somebody deletes it by
 * name.
 */
export function holdsData(object: KubeObject): boolean {
  return (
    object.metadata.labels?.[LABELS.resource] !== undefined &&
    isDataKind(object)
  );
}
