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

/** One app, if there is such. */
export async function findApp(
  tx: Knex,
  name: string,
  at?: Date,
): Promise<AppRecord | undefined> {
  const row = await findVersion(tx, 'apps', { subject: name, at });
  return row && toRecord(row);
}

function toRecord(row: AppRow): AppRecord {
  return {
    name: row.name,
    title: row.title,
    owner: row.owner,
    ...(row.system !== null && { system: row.system }),
    createdAt: toDate(row.created_at),
  };
}
