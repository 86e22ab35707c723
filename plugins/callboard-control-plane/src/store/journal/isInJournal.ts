import type { Knex } from 'knex';

/** The last entry that one transaction wrote. */
export interface JournalMark {
  sequence: number;
  hash: string;
}

/** Whether the transaction that wrote this entry was committed: its hash covers everything before it, so no other one is equal. */
export async function isInJournal(
  knex: Knex,
  { sequence, hash }: JournalMark,
): Promise<boolean> {
  const row = await knex('journal').where({ sequence, hash }).first('sequence');
  return row !== undefined;
}
