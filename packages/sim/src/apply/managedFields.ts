import {
  type JsonObject,
  type ManagedFieldsEntry,
  type SimObject,
} from '../json';
import {
  type FieldSet,
  isEmptySet,
  parseFields,
  serializeFields,
  withoutPath,
} from './FieldSet';

/** The identity of a manager in `managedFields`. */
export interface ManagerId {
  manager: string;
  operation: 'Apply' | 'Update';
  apiVersion: string;
  subresource?: string;
}

export interface ManagedSet extends ManagerId {
  set: FieldSet;
  time?: string;
}

/** Fields that no manager owns. Source: apimachinery managedfields/internal/stripmeta.go. */
const UNOWNED = [
  ['f:apiVersion'],
  ['f:kind'],
  ['f:metadata', 'f:name'],
  ['f:metadata', 'f:namespace'],
  ['f:metadata', 'f:creationTimestamp'],
  ['f:metadata', 'f:selfLink'],
  ['f:metadata', 'f:uid'],
  ['f:metadata', 'f:generation'],
  ['f:metadata', 'f:managedFields'],
  ['f:metadata', 'f:resourceVersion'],
];

export function withoutUnowned(set: FieldSet): FieldSet {
  const stripped = UNOWNED.reduce((rest, path) => withoutPath(rest, path), set);
  const metadata = stripped.children.get('f:metadata');
  if (metadata === undefined) return { ...stripped, isMember: false };
  const children = new Map(stripped.children);
  if (metadata.children.size === 0) children.delete('f:metadata');
  else children.set('f:metadata', { ...metadata, isMember: false });
  return { isMember: false, children };
}

export function isSameManager(a: ManagerId, b: ManagerId): boolean {
  return (
    a.manager === b.manager &&
    a.operation === b.operation &&
    a.apiVersion === b.apiVersion &&
    (a.subresource ?? '') === (b.subresource ?? '')
  );
}

export function readManagers(
  entries: readonly ManagedFieldsEntry[] | undefined,
): ManagedSet[] {
  return (entries ?? []).map(entry => ({
    manager: entry.manager ?? '',
    operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
    apiVersion: entry.apiVersion ?? '',
    ...(entry.subresource ? { subresource: entry.subresource } : {}),
    time: entry.time,
    set: parseFields((entry.fieldsV1 ?? {}) as JsonObject),
  }));
}

/** Returns the entries in a server's order: applies first, then by time and name. Empty ones are dropped. */
export function writeManagers(
  managers: readonly ManagedSet[],
): ManagedFieldsEntry[] {
  return managers
    .filter(({ set }) => !isEmptySet(set))
    .map(({ set, subresource, time, ...id }) => ({
      apiVersion: id.apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: serializeFields(set),
      manager: id.manager,
      operation: id.operation,
      ...(subresource === undefined ? {} : { subresource }),
      ...(time === undefined ? {} : { time }),
    }))
    .sort((a, b) => compareTexts(sortKey(a), sortKey(b)));
}

function sortKey(entry: ManagedFieldsEntry): string {
  return [
    entry.operation,
    entry.time,
    entry.manager,
    entry.apiVersion,
    entry.subresource,
  ].join('\u0000');
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Returns the object without `managedFields`; ownership is computed on it. */
export function withoutManagedFields<T extends SimObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}
