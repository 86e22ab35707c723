import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson } from '../json';
import type { FailoverRow } from '../tables';
import { findVersions } from '../temporal';
import type { FailoverKey, FailoverRecord } from './FailoverRecord';

/** Apps that are away from a lost cluster: of one app, of one cluster, or all. */
export async function findFailovers(
  tx: Knex,
  filter: { app?: string; cluster?: string; at?: Date } = {},
): Promise<FailoverRecord[]> {
  return (await findVersions(tx, 'failovers', filter)).map(toRecord);
}

/** Returns that were allowed after an instant, whatever their result; oldest first. */
export async function findReturns(
  tx: Knex,
  after: Date,
): Promise<Array<FailoverKey & { at: Date }>> {
  const rows = (await tx('failovers')
    .where({ state: 'returning' })
    .where('valid_from', '>', after.getTime())
    .orderBy(['valid_from', 'subject'])) as FailoverRow[];
  return rows.map(row => {
    const { app, environment, cluster, since } = toRecord(row);
    return { app, environment, cluster, at: since };
  });
}

function toRecord(row: FailoverRow): FailoverRecord {
  return {
    app: row.app,
    environment: row.environment,
    cluster: row.cluster,
    standIns: fromJson<string[]>(row.stand_ins),
    state: row.state as FailoverRecord['state'],
    since: toDate(row.valid_from),
  };
}
