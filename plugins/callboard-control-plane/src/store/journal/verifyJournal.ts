import type { Knex } from 'knex';
import type { JournalRow } from '../tables';
import { hashEntry } from './appendJournal';

const PAGE = 1_000; // entries held in memory at a time

/** Verifies the whole hash chain. @returns the sequence number of the first entry that was changed or lost, if any */
export async function verifyJournal(tx: Knex): Promise<number | undefined> {
  let previous = '0'.repeat(64);
  let sequence = 0;
  for (;;) {
    const rows = (await tx('journal')
      .where('sequence', '>', sequence)
      .orderBy('sequence')
      .limit(PAGE)) as JournalRow[];
    if (rows.length === 0) break;
    for (const { hash, ...row } of rows) {
      if (row.sequence !== sequence + 1 || hashEntry(row, previous) !== hash)
        return sequence + 1;
      previous = hash;
      sequence = row.sequence;
    }
  }
  const head = (await tx('journal_head').where({ id: 1 }).first()) as {
    sequence: number;
  };
  return head.sequence === sequence ? undefined : sequence + 1;
}
