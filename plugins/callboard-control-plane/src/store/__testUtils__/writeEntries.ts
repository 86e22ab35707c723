// A process whose disk is watched: writes journal entries as the control plane
// does, and says "ack <n>" once an entry is committed.
// node writeEntries.ts <file> <count> [what is planted]
import fs, { writeSync } from 'node:fs';
import knexFactory from 'knex';
import { checkpointBesideLoop } from '../checkpointBesideLoop';
import { appendJournal } from '../journal';
import { migrateStore } from '../migrateStore';

const [file, count, planted] = process.argv.slice(2);
if (planted === 'a log that nobody waits for')
  Object.assign(fs, {
    fdatasync: (_file: number, done: () => void) => setImmediate(done),
  });
const AT = new Date('2026-11-20T10:00:00Z');

async function main() {
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
  });
  const isNeverSynced = planted === 'a file that is never synced';
  // Checkpoints too are cut: the thread's, or SQLite's own where its syncs are planted to be none.
  if (!isNeverSynced)
    checkpointBesideLoop(knex, { lookMs: 25, mostFrames: 40 });
  await migrateStore(knex);
  if (isNeverSynced) {
    await knex.raw('pragma wal_autocheckpoint = 40');
    await knex.raw('pragma synchronous = OFF');
  }
  writeSync(1, 'ready\n');
  const startedAt = performance.now();
  for (let entry = 1; entry <= Number(count); entry += 1) {
    await knex.transaction(tx =>
      appendJournal(tx, [
        {
          at: AT,
          actor: 'user:default/ana',
          action: 'revision.pushed',
          app: `app-${entry % 7}`,
          message: `Entry ${entry} ${'x'.repeat((entry * 37) % 900)}`,
        },
      ]),
    );
    writeSync(1, `ack ${entry}\n`);
  }
  const perEntry = (performance.now() - startedAt) / Number(count);
  writeSync(1, `${perEntry.toFixed(2)} ms per entry\n`);
  process.exit(0); // no orderly close: the last commits stay in the log
}

void main();
