import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  closeFailover,
  closeScheduling,
  findFailovers,
  findReleaseContents,
  findReturns,
  findSchedulings,
  findDesiredDeployments,
  insertRelease,
  migrateStore,
  saveDeployment,
  saveFailover,
  saveScheduling,
} from '..';
import { NOTHING_YET } from '../../reconcile/placing/setDesiredReleases';

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const T0 = new Date('2026-11-20T10:00:00Z');
const at = (seconds: number) => new Date(T0.getTime() + seconds * 1000);

describe.each(databases.eachSupportedId())('what moves apps on %s', id => {
  let knex: Knex;
  const inTx = <T>(work: (tx: Knex.Transaction) => Promise<T>) =>
    knex.transaction(work);

  beforeAll(async () => {
    knex = await databases.init(id);
    await migrateStore(knex);
  });

  it('a cluster is cordoned, drained and opened, and every instant knows it', async () => {
    const cordon = {
      cluster: 'eu-1',
      mode: 'cordoned' as const,
      by: 'user:default/ana',
      since: at(10),
    };
    expect(await inTx(tx => saveScheduling(tx, cordon))).toBe(true);
    expect(await inTx(tx => saveScheduling(tx, cordon))).toBe(false);
    const drain = {
      ...cordon,
      mode: 'draining' as const,
      why: 'Its disks go',
      since: at(20),
    };
    await inTx(tx => saveScheduling(tx, drain));
    await inTx(tx => closeScheduling(tx, 'eu-1', at(30)));
    const modeAt = async (seconds?: number) =>
      (
        await findSchedulings(
          knex,
          seconds === undefined ? undefined : at(seconds),
        )
      ).get('eu-1')?.mode ?? 'open';
    expect([
      await modeAt(9),
      await modeAt(10),
      await modeAt(20),
      await modeAt(30),
      await modeAt(),
    ]).toEqual(['open', 'cordoned', 'draining', 'open', 'open']);
    expect((await findSchedulings(knex, at(25))).get('eu-1')).toEqual(drain);
  });

  it('an app is away, may come back, and is back', async () => {
    const away = {
      app: 'shop',
      environment: 'prod',
      cluster: 'eu-1',
      standIns: ['us-1'],
      state: 'away' as const,
      since: at(10),
    };
    await inTx(async tx => {
      await saveFailover(tx, away);
      await saveFailover(tx, { ...away, app: 'cart', cluster: 'ap-1' });
    });
    expect(await findFailovers(knex, { app: 'shop' })).toEqual([away]);
    expect(
      (await findFailovers(knex, { cluster: 'ap-1' })).map(({ app }) => app),
    ).toEqual(['cart']);
    expect(await findReturns(knex, at(0))).toEqual([]);
    await inTx(tx =>
      saveFailover(tx, { ...away, state: 'returning', since: at(20) }),
    );
    await inTx(tx => closeFailover(tx, away, at(21)));
    expect(await findFailovers(knex, { app: 'shop' })).toEqual([]);
    expect(await findFailovers(knex, { app: 'shop', at: at(15) })).toEqual([
      away,
    ]);
    // A return counts also once it is over, and only after the instant.
    const { app, environment, cluster } = away;
    expect(await findReturns(knex, at(19))).toEqual([
      { app, environment, cluster, at: at(20) },
    ]);
    expect(await findReturns(knex, at(20))).toEqual([]);
  });

  it('capacity is counted from where apps shall run, not from what leaves', async () => {
    const save = (cluster: string, desiredRelease?: number) =>
      inTx(tx =>
        saveDeployment(
          tx,
          {
            key: { kind: 'app', app: 'shop', environment: 'prod', cluster },
            name: 'shop',
            state: {
              ...NOTHING_YET,
              ...(desiredRelease !== undefined && { desiredRelease }),
            },
          },
          at(10),
        ),
      );
    await save('us-1', 2);
    await save('eu-1', 3);
    await save('ap-1');
    await inTx(tx =>
      saveDeployment(
        tx,
        {
          key: { kind: 'blueprint', cluster: 'eu-1' },
          name: 'golden',
          state: { ...NOTHING_YET, desiredRelease: 3 },
        },
        at(10),
      ),
    );
    expect(await findDesiredDeployments(knex)).toEqual([
      { app: 'shop', environment: 'prod', cluster: 'eu-1', release: 3 },
      { app: 'shop', environment: 'prod', cluster: 'us-1', release: 2 },
    ]);
  });

  it('contents of many releases are read at once', async () => {
    const content = { workloads: [], images: {}, files: {} };
    for (const number of [1, 2])
      await inTx(tx =>
        insertRelease(tx, {
          app: 'shop',
          commit: `${number}`.repeat(40),
          position: number,
          message: 'm',
          author: 'a',
          createdBy: 'user:default/ana',
          createdAt: at(number),
          renderer: 1,
          content: { ...content, files: { [`${number}`]: '' } },
        }),
      );
    const found = await findReleaseContents(knex, [
      { app: 'shop', number: 2 },
      { app: 'shop', number: 9 },
    ]);
    expect([...found]).toEqual([
      ['shop/2', { renderer: 1, content: { ...content, files: { 2: '' } } }],
    ]);
  });
});
