import type { Knex } from 'knex';

/** Lets one process at a time begin a run: two that start together tell of the same gap once. Until the transaction ends. */
export async function lockRuns(tx: Knex.Transaction): Promise<void> {
  // The turn of the journal, into which a gap is written: taken first, both are never waited for crosswise.
  await tx('journal_head').where({ id: 1 }).forUpdate().first('id');
}
