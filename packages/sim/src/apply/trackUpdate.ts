import type { JsonObject, ManagedFieldsEntry, SimObject } from '../json';
import type { Schema } from '../schema';
import { compareObjects } from './compareObjects';
import { difference, emptySet, union } from './FieldSet';
import {
  isSameManager,
  type ManagedSet,
  type ManagerId,
  readManagers,
  withoutManagedFields,
  withoutUnowned,
  writeManagers,
} from './managedFields';
import { skeletonOf } from './skeletonOf';

export interface UpdateTracking {
  /** `undefined` when the object is being created. */
  live: SimObject | undefined;
  next: SimObject;
  schema: Schema;
  id: ManagerId;
  /** Absent where a server records none: the scale subresource. */
  time: string | undefined;
}

/**
 * Returns the managers after a write that is not an apply: the writer owns the
 * fields it changed, all other managers lose those that were changed or
 * removed.
 *
 * @remarks Source: structured-merge-diff v6 merge/update.go, `Updater.Update`.
 */
export function trackUpdate({
  live,
  next,
  schema,
  id,
  time,
}: UpdateTracking): ManagedFieldsEntry[] {
  const before =
    live === undefined
      ? skeletonOf(schema)
      : (withoutManagedFields(live) as JsonObject);
  const compared = compareObjects(
    before,
    withoutManagedFields(next) as JsonObject,
    schema,
  );
  const taken = withoutUnowned(union(compared.added, compared.modified));
  const lost = union(taken, withoutUnowned(compared.removed));
  const managers = managersBefore(live, next, id).map(manager => ({
    ...manager,
    set: difference(manager.set, lost),
  }));
  const own = managers.find(manager => isSameManager(manager, id));
  const others = managers.filter(manager => manager !== own);
  const isTaking = taken.children.size > 0;
  if (!isTaking)
    return writeManagers(own === undefined ? others : [...others, own]);
  return writeManagers([
    ...others,
    { ...id, time, set: union(own?.set ?? emptySet(), taken) },
  ]);
}

/** A write may replace the managers: with a list, or with `[{}]` to clear them. A subresource may not. */
function managersBefore(
  live: SimObject | undefined,
  next: SimObject,
  id: ManagerId,
): ManagedSet[] {
  const given = next.metadata.managedFields;
  const kept = readManagers(live?.metadata.managedFields);
  if (id.subresource !== undefined || given === undefined || given.length === 0)
    return kept;
  if (given.length === 1 && Object.keys(given[0]).length === 0) return [];
  return readManagers(given);
}
