import type { Knex } from 'knex';
import { findApps, findDeletedApps } from '../../store';

const DELETED_KEPT_MS = 30 * 24 * 60 * 60_000; // as long as their repositories

/** Names of the apps whose images may be removed: existing ones, and those that were deleted long ago. */
export async function listAppsToSweep(
  knex: Knex,
  now: Date,
): Promise<string[]> {
  const before = new Date(now.getTime() - DELETED_KEPT_MS);
  const deleted = await findDeletedApps(knex, { before });
  return [...(await findApps(knex)), ...deleted].map(({ name }) => name);
}
