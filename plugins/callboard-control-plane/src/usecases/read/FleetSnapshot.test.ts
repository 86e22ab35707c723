import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  type Reads,
  insertBuild,
  insertRelease,
  insertRevision,
  migrateStore,
  setEnvironmentRelease,
} from '../../store';
import { readFleetSnapshot, readRecords } from './FleetSnapshot';

const AT = new Date('2026-11-20T10:00:00Z');

describe('FleetSnapshot', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
  let knex: Knex;

  beforeEach(async () => {
    knex = await databases.init('SQLITE_3');
    await migrateStore(knex);
  });

  /** Tables that a piece of work reads, by name. */
  async function tablesOf(work: () => Promise<unknown>): Promise<string[]> {
    const tables = new Set<string>(
      await knex('sqlite_master').where({ type: 'table' }).pluck('name'),
    );
    const seen = new Set<string>();
    const listener = ({ sql }: { sql: string }) => {
      for (const [, name] of sql.matchAll(/`(\w+)`(?!\.)/g))
        if (tables.has(name) && name !== 'subjects') seen.add(name);
    };
    knex.on('query', listener);
    await work();
    knex.removeListener('query', listener);
    return [...seen].sort((a, b) => (a < b ? -1 : 1));
  }

  /** An app whose environments have different releases, and whose newest push is being built. */
  function fill(): Promise<void> {
    const app = 'shop';
    const actor = 'user:default/ana';
    const author = 'Ana <ana@example.com>';
    return knex.transaction(async tx => {
      for (const [index, environment] of ['dev', 'prod'].entries()) {
        const commit = `commit-${index}`;
        const push = { app, commit, message: 'First', author };
        const position = await insertRevision(
          tx,
          { ...push, pushedBy: actor, pushedAt: AT, spec: { workloads: [] } },
          { isHead: true },
        );
        const build = { app, commit, position: position! };
        await insertBuild(tx, { ...build, builder: 'bundle', requestedAt: AT });
        const release = await insertRelease(tx, {
          ...push,
          position: position!,
          createdBy: actor,
          createdAt: AT,
          renderer: 1,
          content: { workloads: [], images: {}, files: {} },
        });
        await setEnvironmentRelease(
          tx,
          { app, environment, release, by: actor },
          AT,
        );
      }
    });
  }

  it('names every table that a part is read from', async () => {
    await fill();
    const named: Record<string, readonly string[]> = {};
    const seen: Record<string, readonly string[]> = {};
    const reads: Reads = {
      async read(name, tables, read) {
        named[name] = tables;
        let value;
        seen[name] = await tablesOf(async () => {
          value = await read();
        });
        return value as never;
      },
    };
    await readRecords(knex, {}, reads);
    expect(Object.values(seen)).not.toContainEqual([]);
    // What follows from a part that is read already has to name its tables too.
    for (const [name, tables] of Object.entries(seen))
      expect({ name, tables: named[name] }).toEqual({
        name,
        tables: expect.arrayContaining([...tables]),
      });
  });

  it('is of one instant, whatever is written while it is read', async () => {
    await fill();
    let written: Promise<void> | undefined;
    knex.on('query', ({ sql }: { sql: string }) => {
      if (!/^select .* from `environment_releases`/.test(sql)) return;
      written ??= knex.transaction(async tx => {
        await tx('builds').delete();
        await tx('environment_releases').delete();
        await tx('revisions').delete();
      });
    });
    const { builds, environmentReleases, specs } = await readFleetSnapshot(
      { deps: { knex, clock: { now: () => AT }, platform: {} } } as never,
      { app: 'shop' },
    );
    await written;
    expect([builds.size, environmentReleases.size, specs.size]).toEqual([
      1, 2, 1,
    ]);
  });
});
