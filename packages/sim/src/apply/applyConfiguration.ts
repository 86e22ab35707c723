import {
  cloneJson,
  type JsonObject,
  type ManagedFieldsEntry,
  type SimObject,
} from '../json';
import type { Schema } from '../schema';
import { compareObjects } from './compareObjects';
import { conflictError, type FieldConflict } from './conflictError';
import {
  difference,
  type FieldSet,
  intersection,
  isEmptySet,
  pathsOf,
  union,
} from './FieldSet';
import { fieldsOf } from './fieldsOf';
import {
  isSameManager,
  type ManagedSet,
  type ManagerId,
  readManagers,
  withoutManagedFields,
  withoutUnowned,
  writeManagers,
} from './managedFields';
import { mergeObjects } from './mergeObjects';
import { removeFields, withNamedFields } from './removeFields';
import { skeletonOf } from './skeletonOf';

export interface Application {
  live: SimObject | undefined;
  config: SimObject;
  schema: Schema;
  id: ManagerId;
  force: boolean;
  time: string;
}

/**
 * Server-side apply: merges the configuration into the live object and removes
 * the fields that this manager owned before, no longer applies and no other
 * manager owns.
 *
 * Throws the conflict when another manager owns a field with another value,
 * unless forced. The caller restores defaults of removed fields.
 *
 * @remarks Source: structured-merge-diff v6 merge/update.go, `Updater.Apply`.
 */
export function applyConfiguration(input: Application): {
  object: SimObject;
  managedFields: ManagedFieldsEntry[];
} {
  const { live, config, schema, id, force, time } = input;
  const before =
    live === undefined
      ? (skeletonOf(schema) as JsonObject)
      : (withoutManagedFields(live) as JsonObject);
  const known = managersBefore(input);
  const last = known.find(manager => isSameManager(manager, id));
  const claimed = fieldsOf(config as JsonObject, schema); // includes names: applied fields are never pruned
  const managers: ManagedSet[] = [
    ...known.filter(manager => manager !== last),
    { ...id, time, set: claimed },
  ];

  const merged = mergeObjects(
    before,
    config as JsonObject,
    schema,
  ) as JsonObject;
  const pruned =
    last === undefined ? merged : prune(merged, schema, last.set, managers);
  const compared = compareObjects(before, pruned, schema);
  const changed = union(compared.added, compared.modified);

  const conflicts = managers
    .filter(manager => !isSameManager(manager, id))
    .flatMap(manager => conflictsWith(manager, changed));
  if (conflicts.length > 0 && !force) throw conflictError(conflicts);

  const lost = union(changed, compared.removed);
  const after = managers.map(manager =>
    isSameManager(manager, id)
      ? { ...manager, set: withoutUnowned(claimed) }
      : { ...manager, set: difference(manager.set, lost) },
  );
  return {
    object: cloneJson(pruned) as SimObject,
    managedFields: writeManagers(after),
  };
}

/** An object without managers is owned by `before-first-apply` as a whole. */
function managersBefore({ live, schema, id, time }: Application): ManagedSet[] {
  const managers = readManagers(live?.metadata.managedFields);
  if (managers.length > 0 || live === undefined) return managers;
  const compared = compareObjects(
    skeletonOf(schema),
    withoutManagedFields(live) as JsonObject,
    schema,
  );
  const set = withoutUnowned(union(compared.added, compared.modified));
  return [
    {
      manager: 'before-first-apply',
      operation: 'Update',
      apiVersion: id.apiVersion,
      time,
      set,
    },
  ];
}

function prune(
  merged: JsonObject,
  schema: Schema,
  last: FieldSet,
  managers: readonly ManagedSet[],
): JsonObject {
  const mergedFields = withNamedFields(fieldsOf(merged, schema), schema);
  const pruned = removeFields(merged, withNamedFields(last, schema), schema);
  const kept = withNamedFields(fieldsOf(pruned, schema), schema);
  const owned = withNamedFields(
    managers.map(({ set }) => set).reduce(union),
    schema,
  );
  // restores fields that a manager still owns, then those that the last configuration did
  // not contain
  const withOwned = removeFields(
    merged,
    difference(mergedFields, union(kept, owned)),
    schema,
  );
  const keptOwned = withNamedFields(fieldsOf(withOwned, schema), schema);
  const gone = intersection(
    difference(mergedFields, keptOwned),
    withNamedFields(last, schema),
  );
  return removeFields(merged, gone, schema) as JsonObject;
}

function conflictsWith(
  manager: ManagedSet,
  changed: FieldSet,
): FieldConflict[] {
  const contested = intersection(manager.set, changed);
  if (isEmptySet(contested)) return [];
  return pathsOf(contested).map(path => ({ manager, path }));
}
