import { createHash } from 'node:crypto';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

describe('operation', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('one cluster that hangs delays nobody else', async () => {
    fleet = await TestFleet.create();
    fleet.rollsOut('prod', undefined); // in waves one waits for another on purpose
    await fleet.settles();
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    fleet.cluster('us-1').setPower(false, { mode: 'blackhole' });
    await fleet.push('shop', { does: 'serve' }, { 'README.md': 'two' });
    await fleet.promote('shop', 'prod', 2);
    // us-1 hangs until its power returns: a cluster that waited for it would never get there.
    await eventually(async () => {
      const { clusters } = await fleet.environment('shop', 'prod');
      const there = clusters.filter(({ cluster }) => cluster !== 'us-1');
      expect(
        there.map(
          ({ cluster, release, health }) =>
            `${cluster} ${release} ${health.status}`,
        ),
      ).toEqual(['ap-1 2 Healthy', 'eu-1 2 Healthy']);
    });
    fleet.cluster('us-1').setPower(true);
    await eventually(
      async () => {
        const { clusters } = await fleet.environment('shop', 'prod');
        expect(
          clusters.map(
            ({ cluster, release, health }) =>
              `${cluster} ${release} ${health.status}`,
          ),
        ).toContain('us-1 2 Healthy');
      },
      { timeoutMs: 30_000 },
    );
  });

  it('puts right what somebody changed of an app, and says so', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop');
    const somebody = fleet.connect('dev-1');
    const ref = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      namespace: 'shop--dev',
      name: 'web',
    };
    expect(await somebody.remove(ref)).toEqual({ ok: true, value: undefined });
    await eventually(async () => {
      expect(fleet.objects('dev-1', 'Deployment')).toEqual(['shop--dev/web']);
      const actions = (
        await fleet.controlPlane.listJournal({ app: 'shop' })
      ).map(({ action }) => action);
      expect(actions).toContain('deployment.restored');
    });
    await fleet.turns('shop', 'dev', 'Healthy');
  });

  it('shows every page as it was', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    const before = new Date();
    await fleet.push('shop');
    const one = new Date();
    await fleet.push('shop', { does: 'crash', code: 1, says: ['oh'] });
    await fleet.turns('shop', 'dev', 'Degraded');
    expect((await fleet.controlPlane.getApp('shop', { at: before })).ok).toBe(
      false,
    );
    const then = await fleet.environment('shop', 'dev', one);
    expect([then.release?.number, then.health.status, then.findings]).toEqual([
      1,
      'Healthy',
      [],
    ]);
    const cluster = await fleet.controlPlane.getCluster('dev-1', { at: one });
    expect(cluster.ok && cluster.value.apps).toMatchObject([
      { app: 'shop', release: 1, health: { status: 'Healthy' } },
    ]);
    const releases = await fleet.controlPlane.listReleases('shop', { at: one });
    expect(
      releases.ok &&
        releases.value.map(({ number, environments }) => [
          number,
          environments,
        ]),
    ).toEqual([[1, ['dev']]]);
    expect(
      (await fleet.controlPlane.getFleetSummary({ at: one })).apps,
    ).toEqual({ total: 1, needAttention: 0 });
    expect((await fleet.controlPlane.getFleetSummary()).apps).toEqual({
      total: 1,
      needAttention: 1,
    });
  });

  it('names the blueprints that a cluster may run', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    const now = await fleet.controlPlane.listBlueprints();
    expect(
      now.map(({ name, versions: [{ version, state }] }) => [
        name,
        version,
        state,
      ]),
    ).toEqual([
      ['edge', 1, 'active'],
      ['golden', expect.any(Number), 'active'],
      ['pci', expect.any(Number), 'active'],
    ]);
    expect(now.every(({ description }) => description)).toBe(true);
    expect(await fleet.controlPlane.listBlueprints({ at: new Date() })).toEqual(
      now,
    );
    expect(
      await fleet.controlPlane.listBlueprints({ at: new Date(0) }),
    ).toEqual([]);
  });

  it('shows output and objects on request, and never what is secret', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('shop');
    const of = { app: 'shop', environment: 'dev', cluster: 'dev-1' };
    const logs = await fleet.controlPlane.readLogs({
      ...of,
      filter: { tail: 10 },
    });
    expect(logs.ok && logs.value.map(({ text }) => text)).toEqual([
      'listening',
    ]);
    const view = await fleet.controlPlane.readKubernetesView(of);
    if (!view.ok) throw new Error(view.problem.why);
    expect(
      [...new Set(view.value.objects.map(({ kind }) => kind))].sort(),
    ).toEqual([
      'Deployment',
      'Namespace',
      'NetworkPolicy',
      'Pod',
      'ReplicaSet',
      'Service',
      'ServiceAccount',
    ]);
    const makerOf = (wanted: string) =>
      view.value.objects.find(({ kind }) => kind === wanted)?.owner?.kind;
    expect([makerOf('Pod'), makerOf('ReplicaSet')]).toEqual([
      'ReplicaSet',
      'Deployment',
    ]);
    expect(
      view.value.objects.every(({ yaml }) => !yaml.includes('managedFields')),
    ).toBe(true);
    expect(view.value.events.length).toBeGreaterThan(0);
    const nowhere = await fleet.controlPlane.readLogs({
      ...of,
      filter: { tail: 10 },
      cluster: 'eu-1',
    });
    expect(!nowhere.ok && nowhere.problem.code).toBe('deployment-not-found');
  });

  it('asks a cluster for nothing when a page is read', async () => {
    const calls: string[] = [];
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      wrap: connection =>
        new Proxy(connection, {
          get: (target, name: 'read') => {
            const value = target[name] as unknown;
            if (
              typeof value !== 'function' ||
              name === ('readVersion' as never)
            )
              return typeof value === 'function' ? value.bind(target) : value;
            return (...args: unknown[]) => {
              const [kind] = args as Array<{ kind?: string } | undefined>;
              // Usage is read by the clock, whether anybody looks or not.
              if (kind?.kind !== 'PodMetrics') calls.push(name);
              return Reflect.apply(value, target, args) as unknown;
            };
          },
        }),
    });
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    await new Promise(resolve => setTimeout(resolve, 300));
    calls.length = 0;
    await fleet.controlPlane.listApps();
    await fleet.controlPlane.listClusters();
    await fleet.controlPlane.getFleetSummary();
    await fleet.controlPlane.getPlacement('shop', 'dev');
    await fleet.controlPlane.getPlacement('shop', 'prod');
    await fleet.controlPlane.listReleases('shop');
    expect(calls).toEqual([]);
  });

  it('writes nothing while nothing happens', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1'],
      deps: { intervals: { resyncMs: 200 } },
    });
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
    const digest = async () => {
      const tables = [
        'deployments',
        'placements',
        'cluster_contacts',
        'cluster_facts',
        'clusters',
        'journal',
        'observed_objects',
      ];
      const rows = await Promise.all(tables.map(table => fleet.knex(table)));
      return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
    };
    await new Promise(resolve => setTimeout(resolve, 1_500));
    const before = await digest();
    await new Promise(resolve => setTimeout(resolve, 1_500));
    expect(await digest()).toBe(before);
  });
});
