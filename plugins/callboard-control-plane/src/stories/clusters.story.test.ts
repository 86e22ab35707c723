import type { KubeObject } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(60_000);

const DEADLINE_MS = 3_000;

describe('clusters and their blueprints', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  it('are reached, described, and brought to their blueprints', async () => {
    fleet = await TestFleet.create();
    await fleet.settles();
    // Nodes are counted a moment after a cluster has answered.
    const clusters = await eventually(async () => {
      const listed = await fleet.controlPlane.listClusters();
      expect(
        listed.map(
          ({ name, blueprint, nodes }) =>
            `${name} ${blueprint?.name} ${nodes.ready}/${nodes.total}`,
        ),
      ).toEqual([
        'ap-1 golden 1/1',
        'dev-1 golden 1/1',
        'edge-101 edge 1/1',
        'edge-102 edge 1/1',
        'eu-1 golden 1/1',
        'pci-1 pci 1/1',
        'staging-1 golden 1/1',
        'us-1 golden 1/1',
      ]);
      return listed;
    });
    expect(clusters.find(({ name }) => name === 'eu-1')?.sentence).toMatch(
      /^eu-1 is live, runs blueprint golden \d+ with no drift/,
    );
    expect((await fleet.controlPlane.getFleetSummary()).clusters).toEqual({
      total: 8,
      live: 8,
      stale: 0,
      unreachable: 0,
    });
  });

  it('give a blueprint up when their file names none any more', async () => {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.settles();
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      namespace: 'platform',
      name: 'platform',
    };
    const read = async () => {
      const answer = await fleet.connect('dev-1').read(quota);
      return answer.ok ? answer.value : answer.problem;
    };
    expect(await read()).toMatchObject({ kind: 'ResourceQuota' });
    fleet.platform = {
      ...fleet.platform,
      clusterFiles: fleet.platform.clusterFiles.map(
        ({ spec: { blueprint: _none, ...spec }, ...file }) => ({
          ...file,
          spec,
        }),
      ),
    };
    await fleet.restartControlPlane();
    await eventually(async () => {
      const cluster = await fleet.controlPlane.getCluster('dev-1');
      expect(cluster).toMatchObject({ ok: true, value: { blueprint: null } });
      expect(await read()).toBeUndefined();
    });
    expect(
      (await fleet.controlPlane.listJournal({ cluster: 'dev-1' })).map(
        ({ message }) => message,
      ),
    ).toContain('Blueprint golden was removed from dev-1');
    await fleet.push('shop');
    await fleet.turns('shop', 'dev', 'Healthy');
  });

  it('show what somebody else changed, and leave it alone under DetectAndNotify', async () => {
    fleet = await TestFleet.create({ clusters: ['eu-1'] });
    await fleet.settles();
    const somebody = fleet.connect('eu-1');
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      namespace: 'platform',
      name: 'platform',
    };
    const before = await somebody.read(quota);
    const { hard } = (before.ok ? before.value?.spec : undefined) as {
      hard: Record<string, string>;
    };
    const changed: KubeObject = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: {
        name: 'platform',
        namespace: 'platform',
        labels: before.ok ? before.value?.metadata.labels : {},
      },
      spec: { hard: { ...hard, pods: '99' } },
    };
    const applied = await somebody.apply(changed, { force: true });
    expect(applied.ok || applied.problem).toBe(true);

    const drift = await eventually(async () => {
      const cluster = await fleet.controlPlane.getCluster('eu-1');
      const items = cluster.ok ? cluster.value.blueprint?.drift ?? [] : [];
      expect(items).toHaveLength(1);
      return items;
    });
    expect(drift[0]).toMatchObject({
      kind: 'changed',
      object: { kind: 'ResourceQuota', name: 'platform' },
      paths: ['spec.hard.pods'],
    });
    expect(
      (await fleet.controlPlane.listJournal({ cluster: 'eu-1' })).map(
        ({ action }) => action,
      ),
    ).toContain('blueprint.drifted');
  });

  it('turn Unknown within the deadline when they fall silent, and converge when they are back', async () => {
    fleet = await TestFleet.create({
      clusters: ['eu-1', 'us-1'],
      livenessDeadlineMs: DEADLINE_MS,
    });
    await fleet.settles();
    fleet.cluster('eu-1').setPower(false);
    const offAt = Date.now();
    const lost = await eventually(async () => {
      const cluster = await fleet.controlPlane.getCluster('eu-1');
      if (!cluster.ok || cluster.value.freshness !== 'unreachable')
        throw new Error('eu-1 is still believed');
      return cluster.value;
    });
    expect(lost.health).toMatchObject({
      status: 'Unknown',
      message: expect.stringContaining('last seen'),
    });
    expect(lost.blueprint).toMatchObject({ state: 'unknown' });
    await eventually(async () =>
      expect((await fleet.controlPlane.getFleetSummary()).clusters).toEqual({
        total: 2,
        live: 1,
        stale: 0,
        unreachable: 1,
      }),
    );

    fleet.cluster('eu-1').setPower(true);
    await fleet.settles();
    const actions = (
      await fleet.controlPlane.listJournal({ cluster: 'eu-1' })
    ).map(({ action }) => action);
    expect(actions.filter(action => action.startsWith('cluster.'))).toEqual([
      'cluster.returned',
      'cluster.unreachable',
      'cluster.connected',
      'cluster.registered',
    ]);
    const [, unreachable] = await fleet.controlPlane.listJournal({
      cluster: 'eu-1',
    });
    expect(Date.parse(unreachable.at) - offAt).toBeLessThanOrEqual(
      DEADLINE_MS + 100,
    );
    const then = await fleet.controlPlane.getCluster('eu-1', {
      at: new Date(Date.parse(unreachable.at) + 1),
    });
    expect(then.ok && then.value.health.status).toBe('Unknown');
  });

  it('are said to be silent by a placement while they are, whenever it was decided', async () => {
    fleet = await TestFleet.create({
      clusters: ['dev-1', 'eu-1'],
      livenessDeadlineMs: DEADLINE_MS,
    });
    await fleet.settles();
    await fleet.push('shop');
    const said = async () => {
      const answer = await fleet.controlPlane.getPlacement('shop', 'dev');
      if (!answer.ok) throw new Error(answer.problem.what);
      return answer.value.verdicts
        .find(({ cluster }) => cluster === 'dev-1')!
        .reasons.map(({ message }) => message)
        .join('; ');
    };
    const recorded = async () => {
      const [row] = await fleet
        .knex('placements')
        .where({ subject: 'shop/dev' })
        .whereNull('valid_to');
      return String(row.decision);
    };
    fleet.cluster('dev-1').setPower(false);
    await eventually(async () =>
      expect(await said()).toMatch(
        /No contact since .*; what runs there stays for 5 min/,
      ),
    );
    // Something else changes meanwhile: what is decided then speaks of the silence too.
    await fleet.controlPlane.scheduleCluster({
      cluster: 'eu-1',
      to: 'cordon',
      actor: 'user:default/ana',
    });
    await eventually(async () =>
      expect(await recorded()).toContain('unreachable-tolerated'),
    );
    fleet.cluster('dev-1').setPower(true);
    await fleet.settles();
    expect(await said()).not.toMatch(/No contact/);
  });

  it.each([
    { name: 'answers nonsense', fault: { nonsense: { ratio: 1 } } },
    { name: 'fails at everything', fault: { errors: { ratio: 1, code: 503 } } },
    {
      name: 'throttles everything',
      fault: { throttle: { ratio: 1, retryAfterSeconds: 1 } },
    },
    { name: 'takes half a minute to answer', fault: { latencyMs: 30_000 } },
    {
      name: 'answers, and its watches say nothing',
      fault: { watches: 'refuse' as const },
    },
  ])(
    'that $name is Unknown, with the reason; healed it is live again',
    async ({ fault }) => {
      fleet = await TestFleet.create({
        clusters: ['eu-1'],
        livenessDeadlineMs: 1_500,
      });
      await fleet.settles();
      fleet.cluster('eu-1').setFault(fault);
      await eventually(async () => {
        const cluster = await fleet.controlPlane.getCluster('eu-1');
        if (!cluster.ok || cluster.value.health.status !== 'Unknown')
          throw new Error('eu-1 is still believed');
        expect(cluster.value.connection.problem?.why).toMatch(/\S/);
      });
      fleet.cluster('eu-1').setFault();
      await fleet.settles(30_000);
    },
  );
});
