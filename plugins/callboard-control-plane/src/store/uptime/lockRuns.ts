import type { Knex } from 'knex';

/**
 * Lets one process at a time begin a run, until the transaction ends: two that
 * start together record the same gap once.
 */
export async function lockRuns(tx: Knex.Transaction): Promise<void> {
  // Takes the lock of the journal, into which a gap is written, first: so the two locks
  // cannot deadlock.
  await tx('journal_head').where({ id: 1 }).forUpdate().first('id');
}
