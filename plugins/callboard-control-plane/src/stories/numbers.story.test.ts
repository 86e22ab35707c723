import type {
  App,
  EnvironmentFile,
  KubeObject,
} from '@callboard/plugin-callboard-common';
import { freeCapacity, partitionApps } from '@callboard/plugin-callboard-core';
import {
  countAppsOn,
  countFleet,
  countInstances,
  countPlacement,
  countRequests,
  countRollout,
  countWhatIf,
} from '../__testUtils__/countTwice';
import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(300_000);

const LIVE: EnvironmentFile = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'live' },
  spec: { order: 1, placement: { numberOfClusters: 1 } },
};

const asking = (cpu: string) => ({
  'score.yaml': `
apiVersion: score.dev/v1b1
metadata: { name: web }
containers:
  main:
    image: .
    resources: { requests: { cpu: '${cpu}' } }
`,
});

describe('numbers', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  /** Every number of every view, twice. */
  async function agree(live: readonly string[]): Promise<void> {
    const clusters = await fleet.controlPlane.listClusters();
    const apps = await fleet.controlPlane.listApps();
    const [fleetSaid, fleetCounted] = countFleet(
      await fleet.controlPlane.getFleetSummary(),
      { clusters, apps },
    );
    expect(fleetSaid).toEqual(fleetCounted);
    for (const cluster of clusters) {
      const [here, placed] = countAppsOn(cluster, apps);
      expect(here).toEqual(placed);
      if (!live.includes(cluster.name)) continue;
      const [said, counted] = countRequests(
        cluster,
        fleet.cluster(cluster.name).dump() as unknown as KubeObject[],
      );
      expect(said).toEqual(counted);
      const free = Object.values(
        freeCapacity(cluster.capacity!, cluster.requested),
      );
      expect(Math.min(...free)).toBeGreaterThanOrEqual(0);
    }
    for (const app of apps) await agreeOn(app, live);
    for (const kind of ['drain', 'lose', 'cordon'] as const) {
      const report = await fleet.controlPlane.askWhatIf({
        changes: [{ kind, cluster: 'eu-1' }],
      });
      if (!report.ok) throw new Error(report.problem.what);
      const [said, counted] = countWhatIf(
        partitionApps(report.value),
        report.value,
      );
      expect(said).toEqual(counted);
      expect(counted).toEqual(apps.map(({ name }) => name).sort());
    }
  }

  it('count what pods of others take, on the page and for placement', async () => {
    fleet = await TestFleet.create({ clusters: ['eu-1', 'us-1'] });
    fleet.platform = { ...fleet.platform, environments: [LIVE] };
    await fleet.settles();
    const foreign = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'batch', namespace: 'default' },
      spec: {
        containers: [
          {
            name: 'main',
            image: 'batch:1',
            resources: { requests: { cpu: '3', memory: '1Gi' } },
          },
        ],
      },
    };
    const us = fleet.connect('us-1');
    expect(await us.apply(foreign)).toMatchObject({ ok: true });
    const capacity = async () => {
      const page = await fleet.controlPlane.getCluster('us-1');
      return page.ok ? page.value : undefined;
    };
    await eventually(
      async () =>
        expect(await capacity()).toMatchObject({
          requestedByOthers: { cpuMillicores: 3_000, pods: 1 },
        }),
      { timeoutMs: 30_000 },
    );
    await agree(['eu-1', 'us-1']);

    // 3 of the 4 CPU of us-1 are taken: what needs 2 finds capacity on eu-1 only.
    for (const [name, cpu] of [
      ['shop', '2'],
      ['pay', '1500m'],
    ]) {
      await fleet.push(name, undefined, asking(cpu));
      expect(Object.keys(await fleet.healthOf(name, 'live'))).toEqual(['eu-1']);
    }
    const why = await fleet.controlPlane.getPlacement('shop', 'live');
    const refused = why.ok
      ? why.value.verdicts.find(({ cluster }) => cluster === 'us-1')
      : undefined;
    expect(refused?.reasons).toEqual([
      {
        rule: 'has-capacity',
        message: 'Not enough capacity: 1 CPU free, 2 CPU needed',
      },
    ]);

    await us.remove({
      apiVersion: 'v1',
      kind: 'Pod',
      namespace: 'default',
      name: 'batch',
    });
    await eventually(
      async () =>
        expect((await capacity())?.requestedByOthers).toMatchObject({
          pods: 0,
        }),
      { timeoutMs: 30_000 },
    );
    await agree(['eu-1', 'us-1']);
  });

  /** Every number of an app, twice. */
  async function agreeOn(app: App, live: readonly string[]): Promise<void> {
    for (const environment of app.environments) {
      const of = { app: app.name, environment: environment.name };
      if (environment.placement) {
        const placement = await fleet.controlPlane.getPlacement(
          of.app,
          of.environment,
        );
        if (!placement.ok) throw new Error(placement.problem.what);
        const [said, counted] = countPlacement(environment, placement.value);
        expect(said).toEqual(counted);
      }
      if (environment.rollout) {
        const rollout = await fleet.rollout(of.app, of.environment);
        const [said, counted] = countRollout(rollout, environment);
        expect(said).toEqual(counted);
        expect(environment.rollout).toMatchObject(said as object);
      }
      for (const there of environment.clusters) {
        if (!live.includes(there.cluster)) continue;
        const [said, counted] = countInstances(
          there,
          fleet.cluster(there.cluster).dump() as unknown as KubeObject[],
          of,
        );
        expect(said).toEqual(counted);
      }
    }
  }

  it('agree while a rollout is paused, after it was aborted, and rolled back', async () => {
    const clusters = ['dev-1', 'ap-1', 'eu-1', 'us-1'];
    const agrees = () =>
      eventually(() => agree(clusters), { timeoutMs: 60_000 });
    fleet = await TestFleet.create({ clusters });
    await fleet.settles();
    fleet.rollsOut('prod', undefined);
    await fleet.push('shop');
    await fleet.promote('shop', 'prod', 1);
    await fleet.turns('shop', 'prod', 'Healthy');
    fleet.rollsOut('prod', {
      type: 'Progressive',
      progressive: { maxConcurrency: 1, minSuccessTime: '1h' },
    });
    await fleet.push('shop', { does: 'serve' }, { 'README.md': 'release 2' });
    await fleet.promote('shop', 'prod', 2);
    await eventually(
      async () =>
        expect((await fleet.rollout('shop', 'prod')).phase).toBe('soaking'),
      { timeoutMs: 60_000 },
    );
    await agrees();
    await fleet.steer('shop', 'prod', 'pause');
    await agrees();
    expect(await fleet.rollout('shop', 'prod')).toMatchObject({
      phase: 'paused',
      reached: 1,
      clusterCount: 3,
    });
    await fleet.steer('shop', 'prod', 'abort');
    await agrees();
    await fleet.steer('shop', 'prod', 'rollback');
    await eventually(
      async () =>
        expect((await fleet.rollout('shop', 'prod')).phase).toBe('done'),
      { timeoutMs: 60_000 },
    );
    await agrees();
  });

  it('agree with a full, a draining and a silent cluster and an instance that no node takes', async () => {
    fleet = await TestFleet.create({ clusters: ['eu-1', 'us-1'] });
    fleet.platform = { ...fleet.platform, environments: [LIVE] };
    await fleet.settles();
    await fleet.push('shop', undefined, asking('3'));
    await fleet.push('pay', undefined, asking('3'));
    await eventually(() => agree(['eu-1', 'us-1']), { timeoutMs: 60_000 });

    // It outgrows the cluster that it runs on: its instance stays without a node.
    await fleet.send('shop', undefined, asking('3900m'));
    await fleet.controlPlane.scheduleCluster({
      cluster: 'eu-1',
      to: 'drain',
      actor: 'user:default/ana',
    });
    await eventually(() => agree(['eu-1', 'us-1']), { timeoutMs: 60_000 });

    fleet.cluster('us-1').setPower(false);
    await eventually(
      async () => {
        const { clusters } = await fleet.controlPlane.getFleetSummary();
        expect(clusters.live).toBe(1);
        await agree(['eu-1']);
      },
      { timeoutMs: 60_000 },
    );
  });
});
