import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath } from 'node:process';
import { eventually } from '@callboard/testing';
import knexFactory, { type Knex } from 'knex';
import { CheckpointThread } from './CheckpointThread';
import { checkpointBesideLoop } from './checkpointBesideLoop';

describe('checkpointBesideLoop', () => {
  let folder: string;
  let file: string;
  let knex: Knex;
  let thread: CheckpointThread;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callboard-checkpoint-'));
    file = join(folder, 'record.sqlite');
    knex = open(file);
    thread = new CheckpointThread(require.resolve('better-sqlite3'));
    await knex.raw('pragma journal_mode = WAL');
    await knex.schema.createTable('notes', table => table.text('text'));
  });

  afterEach(async () => {
    await knex.destroy();
    await thread.end();
    rmSync(folder, { recursive: true });
  });

  const pagesOfSqlite = async () => {
    const [row] = await knex.raw('pragma wal_autocheckpoint');
    return row.wal_autocheckpoint;
  };

  it('moves what was written into the file, and the loop does not', async () => {
    checkpointBesideLoop(knex, { lookMs: 10, thread });
    await knex('notes').insert({ text: 'one' });
    expect(await pagesOfSqlite()).toBe(0);
    await eventually('the file alone has it', async () =>
      expect(await readAlone()).toEqual([{ text: 'one' }]),
    );
  });

  it('keeps a log short that is written all the time', async () => {
    checkpointBesideLoop(knex, { lookMs: 5, mostFrames: 100, thread });
    const size = () => statSync(`${file}-wal`).size;
    const text = 'x'.repeat(20_000); // six frames
    let written = 0;
    await eventually('the log was begun again', async () => {
      for (let count = 0; count < 50; count += 1)
        await knex('notes').insert({ text });
      written += 50 * text.length;
      expect(written).toBeGreaterThan(3 * size());
    });
    const [{ count }] = await knex('notes').count({ count: '*' });
    expect(Number(count) * text.length).toBe(written);
  });

  it('leaves the log to SQLite when its thread is gone', async () => {
    checkpointBesideLoop(knex, { lookMs: 10, thread });
    await knex('notes').insert({ text: 'one' });
    await thread.end();
    await eventually('SQLite makes checkpoints', async () => {
      await knex('notes').insert({ text: 'two' });
      expect(await pagesOfSqlite()).toBe(1_000);
    });
  });

  it('leaves a database in memory alone', async () => {
    const inMemory = open(':memory:');
    checkpointBesideLoop(inMemory, { lookMs: 10, thread });
    const [row] = await inMemory.raw('pragma wal_autocheckpoint');
    expect(row.wal_autocheckpoint).toBe(1_000);
    await inMemory.destroy();
  });

  it('lets a process end', async () => {
    const program = `
      const { checkpointBesideLoop } = require(${JSON.stringify(
        join(__dirname, 'checkpointBesideLoop.ts'),
      )});
      const knex = require('knex')({
        client: 'better-sqlite3',
        connection: { filename: ${JSON.stringify(file)} },
        useNullAsDefault: true,
      });
      checkpointBesideLoop(knex, { lookMs: 10 });
      knex('notes').insert({ text: 'one' }).then(() => knex.destroy());
    `;
    const process = spawn(
      execPath,
      [
        ...['--require', '@backstage/cli-node/config/nodeTransform.cjs'],
        ...['-e', program],
      ],
      { cwd: __dirname, env: { ...env, NODE_OPTIONS: '' }, stdio: 'inherit' },
    );
    expect(await once(process, 'exit')).toEqual([0, null]);
    expect(await knex('notes').select()).toEqual([{ text: 'one' }]);
  });

  /** What the file holds without its log. */
  async function readAlone(): Promise<unknown> {
    const copy = join(folder, 'alone.sqlite');
    copyFileSync(file, copy);
    const alone = open(copy);
    try {
      return await alone('notes').select();
    } finally {
      await alone.destroy();
    }
  }
});

function open(filename: string): Knex {
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
  });
}
