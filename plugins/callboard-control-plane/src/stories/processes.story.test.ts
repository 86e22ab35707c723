import { TestDatabases } from '@backstage/backend-test-utils';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';
import { migrateStore, verifyJournal } from '../store';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('work on %s', id => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('is taken over by another process when one dies, and never done by both', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    fleet = await TestFleet.create({ clusters: ['dev-1', 'eu-1'], knex });
    await fleet.settles();
    await fleet.controlPlane.stop();
    const intervals = { leaseTtlMs: 1_500, tailMs: 100 };
    const first = await fleet.startControlPlane({
      holderId: 'first',
      intervals,
    });
    const second = await fleet.startControlPlane({
      holderId: 'second',
      intervals,
    });
    await fleet.push('shop'); // asked of the second, done by the first
    expect((await second.getApp('shop')).ok).toBe(true);
    expect(
      (await second.listClusters()).map(({ freshness }) => freshness),
    ).toEqual(['live', 'live']);
    const holders = async () => [
      ...new Set((await fleet.knex('leases')).map(({ holder }) => holder)),
    ];
    expect(await holders()).toEqual(['first']);

    await first.stop();
    await eventually(async () => expect(await holders()).toEqual(['second']));
    const pushed = await fleet.push(
      'shop',
      { does: 'serve' },
      { 'README.md': 'two' },
    );
    expect(pushed.last?.line).toMatch(/runs release 2 in Development/);
    expect(fleet.apps.builds).toHaveLength(2);
    expect(await verifyJournal(fleet.knex)).toBeUndefined();
  });

  it('that a killed process has left undone is done as soon as its leases are over', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    fleet = await TestFleet.create({ clusters: ['dev-1'], knex });
    await fleet.settles();
    await fleet.controlPlane.stop();
    const killed = ['deciding', 'cluster/dev-1'].map(name => ({
      name,
      holder: 'killed',
      token: 1_000,
      expires_at: Date.now() + 3_000,
    }));
    await knex('leases').insert(killed).onConflict('name').merge();
    const intervals = { leaseTtlMs: 1_500, tailMs: 100, resyncMs: 600_000 };
    await fleet.startControlPlane({ holderId: 'second', intervals });
    await fleet.send('shop'); // while nobody is at work
    expect(await knex('releases')).toEqual([]);
    await eventually(
      async () =>
        expect(await fleet.healthOf('shop', 'dev')).toEqual({
          'dev-1': 'Healthy',
        }),
      { timeoutMs: 20_000 },
    );
  });

  it('of a killed process leaves no cluster live that nobody hears of', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    fleet = await TestFleet.create({ clusters: ['dev-1'], knex });
    await fleet.settles();
    await fleet.controlPlane.stop();
    await knex('leases').update({
      holder: 'killed',
      expires_at: Date.now() + 86_400_000,
    });
    const heardBefore = async (ms: number) => {
      await knex('cluster_heartbeats').update({ seen_at: Date.now() - ms });
      const [{ freshness }] = await fleet.controlPlane.listClusters();
      return freshness;
    };
    await fleet.startControlPlane({ holderId: 'second' });
    expect(await heardBefore(1_000)).toBe('live');
    expect(await heardBefore(60_000)).toBe('stale');
  });

  it('keeps for others when each cluster was in contact last', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      knex,
      deps: { intervals: { leaseTtlMs: 600 } },
    });
    await fleet.settles();
    await knex('cluster_heartbeats').delete();
    await eventually(async () =>
      expect(await knex('cluster_heartbeats')).toMatchObject([
        { cluster: 'dev-1' },
      ]),
    );
  });

  it('in the middle of a rollout goes on in another process, wave after wave', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'ap-1', 'eu-1', 'us-1'],
      knex,
    });
    await fleet.settles();
    fleet.rollsOut('prod', {
      type: 'Progressive',
      progressive: { maxConcurrency: 1, minSuccessTime: '500ms' },
    });
    await fleet.controlPlane.stop();
    const intervals = { leaseTtlMs: 1_500, tailMs: 100 };
    const first = await fleet.startControlPlane({
      holderId: 'first',
      intervals,
    });
    await fleet.startControlPlane({ holderId: 'second', intervals });
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    const states = async () =>
      (await fleet.rollout('shop', 'prod')).waves.map(
        ({ cells }) => cells[0].state,
      );
    await eventually(async () => expect((await states())[0]).toBe('done'), {
      timeoutMs: 20_000,
    });
    await first.stop();
    await eventually(
      async () => expect(await states()).toEqual(['done', 'done', 'done']),
      { timeoutMs: 30_000 },
    );
    await fleet.turns('shop', 'prod', 'Healthy');
    const entries = await fleet.controlPlane.listJournal({
      app: 'shop',
      limit: 200,
    });
    const waves = entries
      .filter(({ action }) => action === 'rollout.wave-started')
      .map(({ cluster }) => cluster);
    expect([...new Set(waves)].sort()).toEqual(['ap-1', 'eu-1', 'us-1']);
    expect(await verifyJournal(fleet.knex)).toBeUndefined();
  });

  it('is not recorded by a process whose lease somebody else has taken meanwhile', async () => {
    const knex = await databases.init(id);
    await migrateStore(knex);
    fleet = await TestFleet.create({ clusters: ['dev-1'], knex });
    await fleet.settles();
    const tomorrow = Date.now() + 86_400_000;
    await knex('leases').update({
      holder: 'somebody else',
      token: knex.raw('token + 1'),
      expires_at: tomorrow,
    });
    await fleet.send('shop'); // anybody may record a push; to build it is the holder's
    await eventually(() => expect(fleet.apps.builds).toHaveLength(1)); // it was at work, and did not know yet
    await new Promise(resolve => setTimeout(resolve, 500));
    expect(await knex('releases')).toEqual([]);
  });
});
