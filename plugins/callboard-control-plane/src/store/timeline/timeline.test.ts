import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  type DeploymentState,
  closeDeployment,
  findDeploymentIntervals,
  findReleaseIntervals,
  findSilences,
  migrateStore,
  readWithin,
  saveContact,
  saveDeployment,
  setEnvironmentRelease,
} from '..';
import { overlapOf } from './overlapOf';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = Date.parse('2026-11-20T10:00:00Z');
const at = (seconds: number) => new Date(T0 + seconds * 1_000);
const secondsOf = (instant?: Date) =>
  instant && (instant.getTime() - T0) / 1_000;

const HEALTHY: DeploymentState = {
  desiredRelease: 1,
  sync: 'Synced',
  health: { status: 'Healthy', reason: 'AllHealthy', message: 'It is ready' },
  instances: { ready: 1, wanted: 1 },
  urls: [],
  parts: [],
  drift: [],
  findings: [],
  inventory: {},
};
const DEGRADED: DeploymentState = {
  ...HEALTHY,
  health: { status: 'Degraded', reason: 'Failed', message: 'It ended' },
};
const CRASHED: DeploymentState = {
  ...DEGRADED,
  findings: [
    {
      code: 'crashed-at-start',
      what: 'shop cannot start in prod: exit code 3',
      evidence: [],
      logTail: ['a line of output'],
      next: 'Look',
      confidence: 'certain',
    },
  ],
};

describe.each(databases.eachSupportedId())('a window of history on %s', id => {
  let knex: Knex;
  const key = (cluster: string, app = 'shop') =>
    ({ kind: 'app', app, environment: 'prod', cluster } as const);
  const save = (cluster: string, state: DeploymentState, seconds: number) =>
    knex.transaction(tx =>
      saveDeployment(
        tx,
        { key: key(cluster), name: 'shop', state },
        at(seconds),
      ),
    );
  const window = (from: number, to: number) => ({ from: at(from), to: at(to) });

  beforeEach(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
  });

  it('has the releases that overlap it, with who released them and what was there before', async () => {
    await knex.transaction(async tx => {
      const release = (number: number, seconds: number, app = 'shop') =>
        setEnvironmentRelease(
          tx,
          {
            app,
            environment: 'prod',
            release: number,
            by: `user:default/${number}`,
          },
          at(seconds),
        );
      await release(1, 0);
      await release(2, 10);
      await release(3, 20);
      await release(2, 30);
      await release(9, 20, 'other');
    });
    const read = async (from: number, to: number, limit?: number) =>
      (
        await findReleaseIntervals(knex, 'shop', { ...window(from, to), limit })
      ).map(each => [
        each.release,
        each.before,
        each.change,
        each.by,
        secondsOf(each.from),
        secondsOf(each.to),
      ]);
    expect(await read(15, 30)).toEqual([
      [3, 2, 'newer', 'user:default/3', 20, 30],
      [2, 1, 'newer', 'user:default/2', 10, 20],
    ]);
    expect(await read(30, 99)).toEqual([
      [2, 3, 'rollback', 'user:default/2', 30, undefined],
    ]);
    expect(await read(-9, 1)).toEqual([
      [1, undefined, undefined, 'user:default/1', 0, 10],
    ]);
    expect(await read(-9, 0)).toEqual([]);
    expect(await read(0, 99, 1)).toEqual([
      [2, 3, 'rollback', 'user:default/2', 30, undefined],
    ]);
  });

  it('has runs of one release and one health, whatever else changed', async () => {
    await save('eu-1', HEALTHY, 0);
    await save('eu-1', { ...HEALTHY, urls: ['http://a'] }, 5);
    await save('eu-1', CRASHED, 10);
    await save('eu-1', { ...CRASHED, findings: [] }, 12);
    await save('eu-1', { ...HEALTHY, desiredRelease: 2 }, 20);
    await knex.transaction(tx => closeDeployment(tx, key('eu-1'), at(30)));
    await save('eu-1', { ...HEALTHY, desiredRelease: 2 }, 40);
    await save('us-1', { ...DEGRADED, desiredRelease: undefined }, 7);
    const read = async (from: number, to: number) =>
      (await findDeploymentIntervals(knex, 'shop', window(from, to))).map(
        each => [
          each.cluster,
          each.release,
          each.status,
          each.reason,
          secondsOf(each.from),
          secondsOf(each.to),
        ],
      );
    expect(await read(0, 99)).toEqual([
      ['eu-1', 2, 'Healthy', 'It is ready', 40, undefined],
      ['eu-1', 2, 'Healthy', 'It is ready', 20, 30],
      ['eu-1', 1, 'Degraded', 'shop cannot start in prod: exit code 3', 10, 20],
      ['us-1', undefined, 'Degraded', 'It ended', 7, undefined],
      ['eu-1', 1, 'Healthy', 'It is ready', 0, 10],
    ]);
    expect((await read(30, 40)).map(([cluster]) => cluster)).toEqual(['us-1']);
  });

  it('has runs of the same settings', async () => {
    await save('eu-1', HEALTHY, 0);
    await save('eu-1', { ...HEALTHY, desiredSettings: 4 }, 10);
    await save('eu-1', { ...HEALTHY, desiredSettings: 4, urls: ['a'] }, 20);
    await save('eu-1', { ...HEALTHY, desiredSettings: 5 }, 30);
    const found = await findDeploymentIntervals(knex, 'shop', window(0, 99));
    expect(
      found.map(each => [
        each.settings,
        secondsOf(each.from),
        secondsOf(each.to),
      ]),
    ).toEqual([
      [5, 30, undefined],
      [4, 10, 30],
      [undefined, 0, 10],
    ]);
  });

  it('has the silences of clusters that the app was on, since they were in contact last', async () => {
    await save('eu-1', HEALTHY, 0);
    const contact = (
      cluster: string,
      change: Parameters<typeof saveContact>[2],
    ) => knex.transaction(tx => saveContact(tx, cluster, change));
    await contact('eu-1', { state: 'live', at: at(0) });
    await contact('eu-1', { state: 'lost', at: at(20), lastSeenAt: at(15) });
    await contact('eu-1', { state: 'live', at: at(30) });
    await contact('eu-1', { state: 'lost', at: at(40) });
    await contact('ap-1', { state: 'lost', at: at(20) });
    const read = async (from: number, to: number) =>
      (await findSilences(knex, 'shop', window(from, to))).map(each => [
        each.cluster,
        secondsOf(each.from),
        secondsOf(each.to),
      ]);
    expect(await read(0, 99)).toEqual([
      ['eu-1', 40, undefined],
      ['eu-1', 15, 30],
    ]);
    expect(await read(30, 40)).toEqual([]);
  });

  it('is narrowed to its newest part where it holds too much, with what lasted before', async () => {
    for (let index = 0; index < 10; index += 1)
      await save('eu-1', index % 2 ? DEGRADED : HEALTHY, index * 10);
    await save('us-1', HEALTHY, 5);
    const read = (most: number) =>
      readWithin(window(0, 100), most, of =>
        findDeploymentIntervals(knex, 'shop', of),
      );
    const all = await read(11);
    expect([all.rows.length, secondsOf(all.knownSince)]).toEqual([11, 0]);
    const newest = await read(3);
    expect(secondsOf(newest.knownSince)).toBe(70);
    expect(
      newest.rows.map(({ cluster, from }) => `${cluster} ${secondsOf(from)}`),
    ).toEqual(['eu-1 90', 'eu-1 80', 'eu-1 70', 'us-1 5']);
  });
});

it('reads one range of an index for each subject, however long its history is', async () => {
  const knex = await databases.init('SQLITE_3');
  await migrateStore(knex);
  const window = { from: at(15), to: at(30) };
  const query = overlapOf(knex, 'deployments', window).where(
    'known.app',
    'shop',
  );
  const { sql, bindings } = query.toSQL();
  const plan = (await knex.raw(
    `explain query plan ${sql}`,
    bindings as Knex.RawBinding[],
  )) as Array<{ detail: string }>;
  expect(plan.map(({ detail }) => detail)).toContainEqual(
    expect.stringContaining(
      'SEARCH fact USING INDEX deployments_history (subject=? AND valid_from>? AND valid_from<?)',
    ),
  );
});
