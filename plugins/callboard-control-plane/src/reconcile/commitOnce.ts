import type { Knex } from 'knex';
import { type JournalMark, describeStoreFault, isInJournal } from '../store';
import { type Timers, pause, processTimers } from '../Timers';

const LOOKS = 20;
const LOOK_MS = 500; // 10 s in all: a server that restarts is back by then

/**
 * Runs one transaction. Where the connection is cut during the commit, its
 * result is unknown: once the database answers, it is queried for the last
 * journal entry of the transaction. A change is then either recorded (and
 * reported as such) or not there at all.
 */
export async function commitOnce<T>(
  { knex, timers = processTimers }: { knex: Knex; timers?: Timers },
  work: (
    tx: Knex.Transaction,
  ) => Promise<{ written: T; mark: JournalMark | undefined }>,
): Promise<T> {
  let prepared: { written: T; mark: JournalMark | undefined } | undefined;
  try {
    const { written } = await knex.transaction(async tx => {
      prepared = await work(tx);
      return prepared;
    });
    return written;
  } catch (error) {
    // Nothing can have been committed before everything was written.
    if (prepared?.mark === undefined || isAnswer(error)) throw error;
    const { written, mark } = prepared;
    for (let look = 0; look < LOOKS; look += 1) {
      const found = await isInJournal(knex, mark).catch(() => undefined);
      if (found === true) return written;
      if (found === false) throw error;
      await pause(timers, LOOK_MS);
    }
    throw error;
  }
}

/** Whether the database itself answered with the error, which means that the transaction was rolled back. */
function isAnswer(error: unknown): boolean {
  return describeStoreFault(error)?.code !== 'database-unavailable';
}
