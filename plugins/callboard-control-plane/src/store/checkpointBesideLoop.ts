import { stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Knex } from 'knex';
import { CheckpointThread, ThreadLostError } from './CheckpointThread';

const LOOK_MS = 1_000;
const MOST_FRAMES = 8_192; // of a log that is written continuously: 32 MB
const FEW_FRAMES = 64; // some milliseconds
const DEFAULT_PAGES = 1_000; // SQLite's default

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
 * Moves the write-ahead log of a SQLite file into the file on another thread.
 * SQLite itself does it within the commit that makes the log too long, and
 * blocks the event loop until a thousand pages are written and on the disk.
 *
 * A checkpoint from another connection blocks neither readers nor writers. What
 * is written in the meantime stays in the log; a log that never becomes quiet
 * is finished on the event loop itself, once few frames are left.
 *
 * Does nothing for databases in memory, and leaves the file to SQLite where the
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
        // Otherwise: no log yet, a full disk, a closed file. The next check tries again.
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

/** Undefined where the connections use a different better-sqlite3 from the one that resolves here. */
function sharedThread(knex: Knex): CheckpointThread | undefined {
  const ofKnex = createRequire(require.resolve('knex/package.json'));
  const driver = ofKnex.resolve('better-sqlite3');
  if (ofKnex(driver) !== knex.client.driver) return undefined;
  shared ??= new CheckpointThread(driver);
  return shared;
}
