import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(300_000);

const ANA = 'user:default/ana';

describe('what pages show is kept, and never old', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  const schedulingOf = async (name: string) => {
    const clusters = await fleet.controlPlane.listClusters();
    return clusters.find(each => each.name === name)?.scheduling.state;
  };
  const cordon = (to: 'cordon' | 'uncordon') =>
    fleet.controlPlane.scheduleCluster({ cluster: 'us-1', to, actor: ANA });

  /** How many queries a piece of work takes. */
  async function queriesOf(work: () => Promise<unknown>): Promise<number> {
    let count = 0;
    const note = () => {
      count += 1;
    };
    fleet.knex.on('query', note);
    await work();
    fleet.knex.removeListener('query', note);
    return count;
  }

  it('reads the record once for all who look, as long as nothing is written', async () => {
    fleet = await TestFleet.create({
      clusters: ['us-1'],
      deps: { isSoleProcess: true },
    });
    await fleet.push('shop');
    await fleet.settles();
    const { controlPlane } = fleet;
    await eventually(async () => {
      const looks = () =>
        Promise.all([
          controlPlane.listApps(),
          controlPlane.getApp('shop'),
          controlPlane.getFleetSummary(),
          controlPlane.listClusters(),
          controlPlane.getCluster('us-1'),
          controlPlane.readAudit(),
        ]);
      await looks();
      expect(await queriesOf(looks)).toBe(0);
    });
  });

  it.each([
    ['by this process alone', true],
    ['by several processes', false],
  ])(
    'has every change in the next answer, written %s',
    async (_, isSoleProcess) => {
      fleet = await TestFleet.create({
        clusters: ['us-1'],
        deps: { isSoleProcess },
      });
      const { controlPlane } = fleet;
      for (let round = 0; round < 10; round += 1) {
        await cordon('cordon');
        expect(await schedulingOf('us-1')).toBe('cordoned');
        // Somebody looks while it is written: what they read is not taken for what is.
        const meanwhile = controlPlane.listClusters();
        await cordon('uncordon');
        const next = schedulingOf('us-1');
        await meanwhile;
        expect(await next).toBe('open');
      }
      await fleet.send('shop');
      const apps = await controlPlane.listApps();
      expect(apps.map(({ name }) => name)).toEqual(['shop']);
      expect((await controlPlane.getFleetSummary()).apps.total).toBe(1);
      await fleet.settles();
      // Not by way of this control plane: nobody was told.
      await fleet.knex('apps').update({ title: 'The shop' });
      await eventually(async () => {
        const [shop] = await controlPlane.listApps();
        expect(shop.title).toBe('The shop');
      });
      const found = await controlPlane.getApp('shop');
      expect(found).toMatchObject({ ok: true, value: { title: 'The shop' } });
    },
  );

  it('has in the next answer whatever it told that it changed', async () => {
    fleet = await TestFleet.create({
      clusters: ['us-1'],
      deps: { isSoleProcess: true },
    });
    const { controlPlane } = fleet;
    const looks: Array<Promise<[reported: boolean, shown: boolean]>> = [];
    const stop = controlPlane.onChanges(changes => {
      const reported = changes.some(({ name }) => name === 'shop');
      looks.push(
        controlPlane
          .listApps()
          .then(apps => [reported, apps.some(({ name }) => name === 'shop')]),
      );
    });
    await controlPlane.listApps();
    await fleet.push('shop');
    await fleet.settles();
    stop();
    const seen = await Promise.all(looks);
    const first = seen.findIndex(([reported]) => reported);
    expect(first).toBeGreaterThanOrEqual(0);
    expect(seen.slice(first).every(([, shown]) => shown)).toBe(true);
  });

  it('reads the record for all that is told together, not for each write', async () => {
    fleet = await TestFleet.create({
      clusters: ['us-1'],
      deps: { isSoleProcess: true },
    });
    await fleet.push('shop');
    await fleet.settles();
    const { controlPlane } = fleet;
    await controlPlane.listApps();
    let reads = 0;
    fleet.knex.on('query', ({ sql }) => {
      if (/^BEGIN/.test(sql)) reads += 1;
    });
    for (let round = 0; round < 100; round += 1) {
      await fleet.knex('apps').update({ title: `The shop ${round}` });
      await controlPlane.listApps();
    }
    expect(reads).toBeLessThan(20);
  });

  it('has what somebody did in their next answer, however much is written beside it', async () => {
    fleet = await TestFleet.create({
      clusters: ['us-1'],
      deps: { isSoleProcess: true },
    });
    let isOver = false;
    const beside = Array.from({ length: 8 }, async (_, index) => {
      for (let count = 0; !isOver; count += 1) {
        await fleet.knex.transaction(async tx => {
          await tx('clusters').select();
          await tx('apps')
            .where({ name: `a-${index}` })
            .update({ title: `${count}` });
        });
        if (index % 2) await fleet.controlPlane.getFleetSummary();
      }
    });
    const seen: Array<string | undefined> = [];
    for (let round = 0; round < 100; round += 1) {
      await cordon(round % 2 ? 'uncordon' : 'cordon');
      seen.push(await schedulingOf('us-1'));
    }
    isOver = true;
    await Promise.all(beside);
    expect(seen).toEqual(
      seen.map((_, round) => (round % 2 ? 'open' : 'cordoned')),
    );
  });

  it('answers everybody who looks while much is written', async () => {
    fleet = await TestFleet.create({
      clusters: ['us-1'],
      deps: { isSoleProcess: true },
    });
    const { controlPlane } = fleet;
    const names = ['a', 'b', 'c', 'd', 'e'];
    const seen = names.map(async name => {
      await fleet.send(name);
      return (await controlPlane.listApps()).map(app => app.name);
    });
    const lists = await Promise.all(seen);
    lists.forEach((list, index) => expect(list).toContain(names[index]));
  });

  it('has what was read last while the database does not answer, and says of nothing that it is live', async () => {
    let isDown = false;
    const refused = () =>
      Promise.reject(
        Object.assign(new Error('connect ECONNREFUSED'), {
          code: 'ECONNREFUSED',
        }),
      );
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      wrapKnex: knex =>
        new Proxy(knex, {
          apply: (target, self, args) => {
            if (isDown) throw new Error('Connection terminated');
            return Reflect.apply(target, self, args);
          },
          get: (target, name) =>
            isDown && name === 'transaction'
              ? refused
              : Reflect.get(target, name),
        }),
    });
    await fleet.push('shop');
    await fleet.settles();
    const { controlPlane } = fleet;
    await controlPlane.listApps();
    const before = new Date();
    isDown = true;

    const [cluster] = await controlPlane.listClusters();
    expect(cluster.freshness).toBe('stale');
    expect(new Date(cluster.observedAt!).getTime()).toBeLessThanOrEqual(
      before.getTime(),
    );
    expect((await controlPlane.listApps()).map(({ name }) => name)).toEqual([
      'shop',
    ]);
    const { environments } = await fleet.app('shop');
    expect(environments[0].freshness).toBe('stale');
    expect(await controlPlane.getFleetSummary()).toMatchObject({
      clusters: { total: 1, live: 0, stale: 1 },
      problem: { code: 'database-unavailable' },
      sentence: expect.stringContaining('what pages show is the last known'),
    });
    // Nothing is kept of these.
    await expect(controlPlane.listReleases('shop')).rejects.toThrow();
    await expect(controlPlane.listApps({ at: before })).rejects.toThrow();

    isDown = false;
    await eventually(async () => {
      const [again] = await controlPlane.listClusters();
      expect(again.freshness).toBe('live');
      expect(await controlPlane.getFleetSummary()).not.toHaveProperty(
        'problem',
      );
    });
  });
});
