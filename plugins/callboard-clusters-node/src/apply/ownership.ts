import {
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
  type Problem,
} from '@callboard/plugin-callboard-common';
import { readWriters } from '@callboard/tunnel';
import { describeRef } from '../connection/clusterProblems';

/**
 * Returns why an existing object must not be changed for this set; undefined
 * when it may: it is a member, or it is Callboard's and member of no other set.
 */
export function findForeignOwner(
  object: KubeObject,
  applySetId: string,
): Problem | undefined {
  const labels = object.metadata.labels ?? {};
  const set = labels[LABELS.applySetPartOf];
  if (set === applySetId) return undefined;
  const isOurs =
    labels[LABELS.managedBy] === FIELD_MANAGER ||
    readWriters(object.metadata).some(
      each => each.manager === FIELD_MANAGER && each.operation === 'Apply',
    );
  if (isOurs && set === undefined) return undefined;
  return {
    code: 'object-not-ours',
    what: `Cannot apply ${describeRef({
      ...object,
      namespace: object.metadata.namespace,
      name: object.metadata.name,
    })}`,
    why:
      set === undefined
        ? 'it exists and somebody else made it'
        : 'it exists and is part of another deployment',
    next: `Rename yours, delete the other one, or hand it over with the label ${LABELS.managedBy}=${FIELD_MANAGER}`,
    transient: false,
  };
}
