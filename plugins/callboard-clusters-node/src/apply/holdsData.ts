import {
  type KubeObject,
  LABELS,
  isDataKind,
} from '@callboard/plugin-callboard-common';

/**
 * Whether data is lost with an object: claims, and what operators make of a
 * resource. It stays until somebody deletes it by name.
 */
export function holdsData(object: KubeObject): boolean {
  return (
    object.metadata.labels?.[LABELS.resource] !== undefined &&
    isDataKind(object)
  );
}
