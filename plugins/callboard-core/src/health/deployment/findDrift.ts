import {
  type DriftItem,
  type KubeObject,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { ObservedObjects } from './types';

/** Returns what others removed from the applied objects or changed in them. */
export function findDrift(
  objects: readonly KubeObject[],
  seen: ObservedObjects,
): DriftItem[] {
  return objects.flatMap((object): DriftItem[] => {
    const observed = seen.get(refKey(refOf(object)));
    const { apiVersion, kind, metadata } = object;
    const ref = {
      apiVersion,
      kind,
      ...(metadata.namespace !== undefined && {
        namespace: metadata.namespace,
      }),
      name: metadata.name,
    };
    if (!observed) {
      return [
        {
          object: ref,
          kind: 'missing',
          paths: [],
          message: `${kind} "${metadata.name}" was removed by somebody else`,
        },
      ];
    }
    if (observed.drift.length === 0) return [];
    const paths = observed.drift.join(', ');
    return [
      {
        object: ref,
        kind: 'changed',
        paths: observed.drift,
        message: `Somebody else changed ${paths} of ${kind} "${metadata.name}"`,
      },
    ];
  });
}
