import {
  FIELD_MANAGER,
  type KubeObject,
  LABELS,
  type Problem,
} from '@callboard/plugin-callboard-common';
import { describeRef } from '../connection/clusterProblems';
import { isRecord } from '../connection/readKubeObject';

/** An entry of `managedFields`, as far as it is read. */
export interface FieldsEntry {
  manager: string;
  operation: string;
  subresource: string;
}

/** Who wrote fields of an object. */
export function readManagers(object: KubeObject): FieldsEntry[] {
  const fields: unknown = (object.metadata as { managedFields?: unknown })
    .managedFields;
  return (Array.isArray(fields) ? fields : [])
    .filter(isRecord)
    .map(({ manager, operation, subresource }) => ({
      manager: typeof manager === 'string' ? manager : '',
      operation: typeof operation === 'string' ? operation : '',
      subresource: typeof subresource === 'string' ? subresource : '',
    }));
}

/**
 * Why an object that exists may not be touched for this set; undefined when it may:
 * it is a member, or it is Callboard's and member of no other set.
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
    readManagers(object).some(
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

/**
 * True when a conflict came from somebody's hand (kubectl edit, scale, patch) on
 * an object of ours: the field was ours and is taken back. Another tool that
 * declares the field, or a controller that steers it (an autoscaler), keeps it:
 * taking it back would start a fight.
 */
export function isByHand(manager: string, writers: FieldsEntry[]): boolean {
  const entries = writers.filter(each => each.manager === manager);
  return (
    entries.length > 0 &&
    entries.every(
      each =>
        each.operation === 'Update' &&
        (each.subresource === '' || manager.startsWith('kubectl')),
    )
  );
}
