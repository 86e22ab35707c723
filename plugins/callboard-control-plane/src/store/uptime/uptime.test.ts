import { TestDatabases } from '@backstage/backend-test-utils';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { findGapAt, findGaps } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  appendJournal,
  beginRun,
  extendRun,
  findRunEnds,
  findRuns,
  listJournal,
  migrateStore,
} from '..';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const NOW = at('23:00:00');

describe.each(databases.eachSupportedId())('runs of a portal on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
  });

  async function ran(
    holder: string,
    from: string,
    until: string,
    entry?: number,
  ) {
    const position = await beginRun(knex, {
      holder,
      at: at(from),
      ...(entry !== undefined && { entry, after: 'stopped' as const }),
    });
    await extendRun(knex, position, at(until));
    return position;
  }

  it('has none before the first start, and none of the time before it', async () => {
    expect(await findRunEnds(knex, NOW)).toEqual({});
    expect(
      findGaps(
        await findRuns(knex, { from: at('10:00:00'), to: at('12:00:00') }),
        NOW,
      ),
    ).toEqual([]);
    await ran('a', '20:00:00', '20:00:10');
    expect(
      findGaps(
        await findRuns(knex, { from: at('10:00:00'), to: at('21:00:00') }),
        NOW,
      ),
    ).toEqual([]);
  });

  it('never ends before it began, and is never shortened', async () => {
    const position = await ran('a', '20:00:00', '19:00:00');
    await extendRun(knex, position, at('20:30:00'));
    await extendRun(knex, position, at('20:10:00'));
    expect(
      await findRuns(knex, { from: at('20:00:00'), to: at('21:00:00') }),
    ).toEqual([{ from: at('20:00:00'), until: at('20:30:00') }]);
  });

  it('knows the gap around an instant from the runs beside it, those of several processes together', async () => {
    await ran('long gone', '10:00:00', '11:00:00');
    await ran('a', '20:00:00', '20:30:00');
    await ran('b', '20:10:00', '21:03:00');
    await ran('c', '21:40:00', '22:00:00', 1);
    await ran('much later', '22:30:00', '22:40:00');
    const gapAt = async (instant: Date) =>
      findGapAt(
        findGaps(await findRuns(knex, { from: instant, to: instant }), NOW),
        instant,
      );
    const gap = { from: at('21:03:00'), to: at('21:40:00'), cause: 'stopped' };
    expect(await gapAt(at('21:20:00'))).toEqual(gap);
    expect(await gapAt(at('20:45:00'))).toBeUndefined();
    expect(await gapAt(at('21:40:00'))).toBeUndefined();
    expect(
      findGaps(
        await findRuns(knex, { from: at('20:15:00'), to: at('22:10:00') }),
        NOW,
      ),
    ).toContainEqual(gap);
  });

  it('tells until when any process was running, and the newest', async () => {
    await ran('a', '20:00:00', '22:00:00');
    await ran('b', '20:10:00', '21:03:00');
    expect(await findRunEnds(knex, NOW)).toEqual({
      lastUntil: at('22:00:00'),
      newestUntil: at('21:03:00'),
    });
    expect(await findRunEnds(knex, at('21:30:00'))).toEqual({
      lastUntil: at('21:03:00'),
      newestUntil: at('21:03:00'),
    });
  });

  it('is told of in the history of each app that is older, page by page', async () => {
    const write = (
      time: string,
      action: string,
      of: { app?: string; cluster?: string } = {},
    ) =>
      knex.transaction(tx =>
        appendJournal(tx, [
          {
            at: at(time),
            actor: 'system:portal',
            action,
            message: time,
            ...of,
          },
        ]),
      );
    await write('20:00:00', 'app.created', { app: 'shop' });
    const gap = await write('21:40:00', 'portal.away');
    await ran('a', '21:40:00', '22:00:00', gap!.sequence);
    await write('21:50:00', 'app.created', { app: 'young', cluster: 'eu-1' });
    await write('21:51:00', 'release.created', { app: 'shop' });

    const reported = async (filter: object) =>
      (await listJournal(knex, { withGaps: true, limit: 10, ...filter })).map(
        ({ message }) => message,
      );
    expect(await reported({ app: 'shop' })).toEqual([
      '21:51:00',
      '21:40:00',
      '20:00:00',
    ]);
    expect(await reported({ app: 'young' })).toEqual(['21:50:00']);
    expect(await reported({ cluster: 'eu-1' })).toEqual(['21:50:00']);
    expect(await reported({ app: 'shop', before: 4, limit: 1 })).toEqual([
      '21:40:00',
    ]);
    expect(await reported({ app: 'shop', subjects: ['release'] })).toEqual([
      '21:51:00',
    ]);
    expect(await reported({ app: 'shop', onlyApps: ['shop'] })).toHaveLength(3);
    expect(await reported({ app: 'shop', withGaps: false })).toHaveLength(2);
  });

  it('is added to a database that is older, and taken away again', async () => {
    const migration = {
      directory: resolvePackagePath(
        '@callboard/plugin-callboard-control-plane',
        'migrations',
      ),
      tableName: 'callboard_migrations',
      name: '20261201_portal_runs.js',
    };
    await knex.migrate.down(migration);
    expect(await knex.schema.hasTable('portal_runs')).toBe(false);
    await knex.migrate.up(migration);
    expect(await findRunEnds(knex, NOW)).toEqual({});
  });
});
