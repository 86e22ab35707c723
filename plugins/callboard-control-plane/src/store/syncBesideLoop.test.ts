import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexFactory, { type Knex } from 'knex';
import { eventually } from '@callboard/testing';
import { migrateStore } from './migrateStore';

describe('syncBesideLoop', () => {
  let folder: string;
  let knex: Knex;
  /** Lets each sync that waits end, with an error if one is given. */
  let held: Array<(error?: Error) => void>;
  let syncs: number;
  let isHolding: boolean;

  beforeEach(async () => {
    folder = fs.mkdtempSync(join(tmpdir(), 'callboard-sync-'));
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: join(folder, 'record.sqlite') },
      useNullAsDefault: true,
    });
    await migrateStore(knex);
    await knex.schema.createTable('notes', table => table.text('text'));
    held = [];
    syncs = 0;
    isHolding = false;
    const { fdatasync } = fs;
    jest.spyOn(fs, 'fdatasync').mockImplementation((file, done) => {
      syncs += 1;
      if (!isHolding) fdatasync(file, done);
      else held.push(error => (error ? done(error) : fdatasync(file, done)));
    });
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await knex.destroy();
    fs.rmSync(folder, { recursive: true });
  });

  const write = (text: string) =>
    knex.transaction(async tx => {
      await tx('notes').insert({ text });
      await tx('notes').select();
    });

  it.each([
    ['a transaction', () => write('one')],
    ['a single statement', () => knex('notes').insert({ text: 'one' })],
    [
      'a statement that answers rows',
      () => knex('notes').insert({ text: 'one' }).returning('text'),
    ],
  ])('answers %s once its log is on the disk', async (_, work) => {
    isHolding = true;
    let isAnswered = false;
    const written = Promise.resolve(work()).then(() => {
      isAnswered = true;
    });
    await eventually(async () => expect(held).toHaveLength(1));
    // Nobody reads what could still be lost.
    let isRead = false;
    const read = knex('notes')
      .select()
      .then(rows => {
        isRead = true;
        return rows;
      });
    await new Promise(setImmediate);
    expect([isAnswered, isRead]).toEqual([false, false]);
    held[0]();
    await written;
    expect(await read).toEqual([{ text: 'one' }]);
    expect(syncs).toBe(1);
  });

  it('waits for the disk once for a transaction, and never for a read', async () => {
    await knex.transaction(tx => tx('notes').select());
    await knex('notes').select();
    expect(syncs).toBe(0);
    await knex.transaction(async tx => {
      for (let index = 0; index < 5; index += 1)
        await tx('notes').insert({ text: `${index}` });
    });
    expect(syncs).toBe(1);
    await expect(
      knex.transaction(async tx => {
        await tx('notes').insert({ text: 'undone' });
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(syncs).toBe(1);
  });

  it('does not acknowledge what the disk did not take', async () => {
    isHolding = true;
    const written = write('one');
    const outcome = written.then(
      () => 'acknowledged',
      ({ code }) => code,
    );
    await eventually(async () => expect(held).toHaveLength(1));
    held[0](Object.assign(new Error('input/output error'), { code: 'EIO' }));
    expect(await outcome).toBe('EIO');
  });
});
