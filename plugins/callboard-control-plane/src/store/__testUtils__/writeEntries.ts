// A process whose disk is watched: writes journal entries as the control plane
// does, and says "ack <n>" once an entry is committed.
// node writeEntries.ts <file> <count> [what is planted]
// Writes on until two whole checkpoints were among them: their thread has its own time. It is quiet for a moment after
// each few entries: a checkpoint that a commit overtakes does not sync the file.
import fs, { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import knexFactory, { type Knex } from 'knex';
import { CheckpointThread } from '../CheckpointThread';
import { checkpointBesideLoop } from '../checkpointBesideLoop';
import { appendJournal } from '../journal';
import { migrateStore } from '../migrateStore';

const [file, count, planted] = process.argv.slice(2);
if (planted === 'a log that nobody waits for')
  Object.assign(fs, {
    fdatasync: (_file: number, done: () => void) => setImmediate(done),
  });
const MOST_ENTRIES = 1_000;
const AT = new Date('2026-11-20T10:00:00Z');

const ENTRIES_OF_A_TURN = 10;
const QUIET_MS = 500;

let made = 0;
let isQuiet = false;
let quietMs = 0;
let resolveMade = () => {};
const { checkpoint } = CheckpointThread.prototype;
CheckpointThread.prototype.checkpoint = async function counted(name) {
  const wasQuiet = isQuiet;
  const progress = await checkpoint.call(this, name);
  if (wasQuiet && progress.log > 0 && progress.checkpointed === progress.log) {
    made += 1;
    resolveMade();
  }
  return progress;
};

/** Writes nothing until a checkpoint is made that began meanwhile. */
async function beQuiet(): Promise<void> {
  const isMade = new Promise<void>(resolve => {
    resolveMade = resolve;
  });
  const startedAt = performance.now();
  isQuiet = true;
  await Promise.race([isMade, setTimeout(QUIET_MS)]);
  isQuiet = false;
  quietMs += performance.now() - startedAt;
}

function write(knex: Knex, entry: number): Promise<unknown> {
  return knex.transaction(tx =>
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
}

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
  let entry = 0;
  while (
    entry < Number(count) ||
    (made < 2 && entry < MOST_ENTRIES && !isNeverSynced)
  ) {
    entry += 1;
    await write(knex, entry);
    writeSync(1, `ack ${entry}\n`);
    if (entry % ENTRIES_OF_A_TURN === 0 && !isNeverSynced) await beQuiet();
  }
  const perEntry = (performance.now() - startedAt - quietMs) / entry;
  writeSync(1, `${perEntry.toFixed(2)} ms per entry\n`);
  process.exit(0); // no orderly close: the last commits stay in the log
}

void main();
