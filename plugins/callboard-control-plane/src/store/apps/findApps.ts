import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { AppRow } from '../tables';
import { findVersion, findVersions } from '../temporal';
import type { AppRecord } from './AppRecord';

/** Every app, by name. */
export async function findApps(tx: Knex, at?: Date): Promise<AppRecord[]> {
  const rows = await findVersions(tx, 'apps', { at });
  return rows.map(toRecord);
}

/** One app, if it exists. */
export async function findApp(
  tx: Knex,
  name: string,
  at?: Date,
): Promise<AppRecord | undefined> {
  const row = await findVersion(tx, 'apps', { subject: name, at });
  return row && toRecord(row);
}

/** The last state of an app, and whether it was deleted since. */
export interface LastAppRecord extends AppRecord {
  isDeleted: boolean;
}

/** The app with this name, or the last one that was deleted; `undefined` where the name was never used. */
export async function findLastApp(
  tx: Knex,
  name: string,
): Promise<LastAppRecord | undefined> {
  const row = (await tx('apps')
    .where({ subject: name })
    .orderBy('valid_from', 'desc')
    .first()) as AppRow | undefined;
  return row && { ...toRecord(row), isDeleted: row.valid_to !== null };
}

/** Deleted apps whose names are not used again, by name; only those deleted `before` an instant where one is given. */
export async function findDeletedApps(
  tx: Knex,
  { before }: { before?: Date } = {},
): Promise<AppRecord[]> {
  const query = tx({ last: 'apps' })
    .whereNotNull('last.valid_to')
    .where(
      'last.valid_from',
      '=',
      tx({ any: 'apps' })
        .max('any.valid_from')
        .where('any.subject', tx.ref('last.subject')),
    )
    .orderBy('last.subject')
    .select('last.*');
  if (before) query.where('last.valid_to', '<', before.getTime());
  return ((await query) as AppRow[]).map(toRecord);
}

function toRecord(row: AppRow): AppRecord {
  return {
    name: row.name,
    title: row.title,
    owner: row.owner,
    ...(row.system !== null && { system: row.system }),
    ...(row.description !== null && { description: row.description }),
    createdAt: toDate(row.created_at),
  };
}
