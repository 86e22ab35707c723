import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import { CheckpointThread, ThreadLostError } from './CheckpointThread';

const LOOK_MS = 1_000;
const MOST_FRAMES = 8_192; // of a log that is written all the time: 32 MB
const FEW_FRAMES = 64; // some milliseconds
const DEFAULT_PAGES = 1_000; // SQLite's own

interface SqliteConnection {
  name: string;
  pragma(command: string, options?: { simple: true }): unknown;
}

interface Pool {
  on(
    event: 'acquireSuccess',
    listener: (id: number, connection: SqliteConnection) => void,
  ): void;
  on(event: 'poolDestroyRequest', listener: () => void): void;
}

const IS_BESIDE = Symbol('checkpoints are made beside the loop');

/**
 * Moves the write-ahead log of a SQLite file into the file in another thread.
 * SQLite itself does it within the commit that makes the log too long, and the
 * event loop stands still until a thousand pages are written and on the disk.
 *
 * A checkpoint of another connection hinders neither readers nor writers. What is
 * written meanwhile stays in the log; one that never becomes quiet is cut short by
 * the loop itself, once few frames are left for it.
 *
 * Does nothing for databases in memory, and leaves a file to SQLite where the
 * thread does not work.
 */
export function checkpointBesideLoop(
  knex: Knex,
  {
    lookMs = LOOK_MS,
    mostFrames = MOST_FRAMES,
    thread = sharedThread(knex),
  }: {
    lookMs?: number;
    mostFrames?: number;
    thread?: CheckpointThread;
  } = {},
): void {
  const { client } = knex;
  if (!thread || IS_BESIDE in client) return;
  client[IS_BESIDE] = true;
  const pool = client.pool as Pool;
  let current: SqliteConnection | undefined;
  let isBusy = false;
  let seenMs = 0;

  const leaveToSqlite = () => {
    current?.pragma(`wal_autocheckpoint = ${DEFAULT_PAGES}`);
    current = undefined;
  };
  const look = async ({ name }: SqliteConnection) => {
    const { mtimeMs } = await stat(`${name}-wal`);
    if (mtimeMs === seenMs) return;
    seenMs = mtimeMs;
    for (let left = Infinity; ; ) {
      const progress = await thread.checkpoint(name);
      const { log, checkpointed } = progress;
      const isLong = log > mostFrames && checkpointed < log;
      if (!isLong) return;
      const wasLeft = left;
      left = log - checkpointed;
      if (left > FEW_FRAMES && left < wasLeft) continue;
      await knex.raw('pragma wal_checkpoint(PASSIVE)');
      return;
    }
  };
  const looks = setInterval(() => {
    if (isBusy || !current) return;
    isBusy = true;
    look(current)
      .catch(error => {
        if (error instanceof ThreadLostError) leaveToSqlite();
        // Else: no log yet, a full disk, a file that is closed. The next look tries again.
        else seenMs = 0;
      })
      .finally(() => {
        isBusy = false;
      });
  }, lookMs);
  looks.unref();
  pool.on('acquireSuccess', (_id, connection) => {
    if (connection === current || thread.isLost) return;
    if (connection.pragma('journal_mode', { simple: true }) !== 'wal') return;
    connection.pragma('wal_autocheckpoint = 0');
    current = connection;
  });
  pool.on('poolDestroyRequest', () => {
    clearInterval(looks);
    current = undefined;
  });
}

let shared: CheckpointThread | undefined;

/** Undefined where the connections use another copy of better-sqlite3 than the one that is found. */
function sharedThread(knex: Knex): CheckpointThread | undefined {
  const ofKnex = createRequire(require.resolve('knex/package.json'));
  const driver = ofKnex.resolve('better-sqlite3');
  if (ofKnex(driver) !== knex.client.driver) return undefined;
  shared ??= new CheckpointThread(driver);
  return shared;
}
