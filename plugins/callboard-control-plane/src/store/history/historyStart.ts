import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { HistoryStartRow } from '../tables';

const ONLY = 1;

/** Records that history is kept from `at` on, unless it is kept already. */
export async function beginHistory(tx: Knex, at: Date): Promise<void> {
  await tx('history_start')
    .insert({ id: ONLY, began_at: at.getTime() })
    .onConflict('id')
    .ignore();
}

/** The first instant that a read "as of" can answer; undefined before the first start. */
export async function findHistoryStart(tx: Knex): Promise<Date | undefined> {
  const row = (await tx('history_start').where({ id: ONLY }).first()) as
    | HistoryStartRow
    | undefined;
  return row && toDate(row.began_at);
}
