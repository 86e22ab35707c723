import type {
  EnvironmentFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import createKnex, { type Knex } from 'knex';
import {
  findPlacements,
  insertRelease,
  migrateStore,
  saveClusterFacts,
  saveCluster,
  saveContact,
  saveHeartbeats,
  setEnvironmentRelease,
  StoreCondition,
} from '../../store';
import { ChangeFeed } from '../ChangeFeed';
import { Fleet } from '../fleet/Fleet';
import { LEADER_LEASE, LeaseKeeper } from '../LeaseKeeper';
import type { PlacementRecorder } from '../roles';
import { FleetSnapshots } from './readFleet';
import { reconcilePlacement } from './reconcilePlacement';
import { ReleaseWorkloadsCache } from './ReleaseWorkloads';

jest.setTimeout(600_000);

const NOW = new Date('2026-11-20T12:00:00Z');
const GIB = 2 ** 30;
const WORKLOAD: ScoreWorkload = {
  apiVersion: 'score.dev/v1b1',
  metadata: { name: 'web' },
  containers: { main: { image: '.', resources: { requests: { cpu: '1' } } } },
};
const LIVE: EnvironmentFile = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'live' },
  spec: { order: 1, placement: { numberOfClusters: 1 } },
};

function factsOfSize(cores: number) {
  const amounts = {
    cpuMillicores: cores * 1_000,
    memoryBytes: 64 * GIB,
    pods: 200,
  };
  return {
    nodes: { ready: 1, total: 1 },
    capacity: amounts,
    allocatable: amounts,
    requested: { cpuMillicores: 0, memoryBytes: 0, pods: 0 },
  };
}

describe('placements that are looked at again together', () => {
  let knex: Knex;
  afterEach(() => knex?.destroy());

  /** As many clusters as capacities are named, in cores, and as many apps that want one core each. */
  async function start(cores: number[], apps: number) {
    knex = createKnex({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    await migrateStore(knex);
    const names = Array.from({ length: apps }, (_, index) => `app-${index}`);
    await knex.transaction(async tx => {
      for (const [index, cpu] of cores.entries()) {
        const name = `c-${String(index).padStart(3, '0')}`;
        await saveCluster(
          tx,
          {
            name,
            source: 'test',
            connectionKind: 'playground',
            livenessDeadlineMs: 60_000,
            file: {
              apiVersion: 'callboard.dev/v1alpha1',
              kind: 'Cluster',
              metadata: { name },
              spec: {},
            },
          },
          NOW,
        );
        await saveContact(tx, name, { state: 'live', at: NOW });
        await saveHeartbeats(tx, [{ cluster: name, seenAt: NOW }]);
        await saveClusterFacts(tx, name, factsOfSize(cpu), NOW);
      }
      for (const app of names) {
        await insertRelease(tx, {
          app,
          commit: `commit-of-${app}`,
          position: 1,
          message: 'Begin',
          author: 'Ana',
          createdBy: 'user:default/ana',
          createdAt: NOW,
          renderer: 1,
          content: { workloads: [WORKLOAD], images: {}, files: {} },
        });
        await setEnvironmentRelease(
          tx,
          { app, environment: 'live', release: 1, by: 'user:default/ana' },
          NOW,
        );
      }
    });
    return names;
  }

  const saveSize = (cluster: string, cores: number) =>
    knex.transaction(tx =>
      saveClusterFacts(tx, cluster, factsOfSize(cores), NOW),
    );

  async function contextOf(): Promise<PlacementRecorder> {
    const logger = { info() {}, warn() {}, error() {}, debug() {} };
    const timers = { after: () => () => {} };
    const clock = { now: () => NOW };
    const leases = new LeaseKeeper({
      knex,
      holder: 'test',
      ttlMs: 600_000,
      clock,
      elapsedMs: () => 0,
      timers,
      logger: { ...logger, child: () => logger } as never,
      condition: new StoreCondition(knex),
    });
    await leases.want([LEADER_LEASE]);
    return {
      deps: {
        knex,
        clock,
        logger,
        platform: { environments: [LIVE], blueprints: [], clusterFiles: [] },
      },
      leases,
      fleet: new Fleet(NOW),
      fleetSnapshots: new FleetSnapshots(),
      releases: new ReleaseWorkloadsCache(),
      changes: new ChangeFeed(),
      queue: { add() {}, addAfter() {} },
    } as unknown as PlacementRecorder;
  }

  /** @returns milliseconds */
  async function decideAll(
    apps: string[],
    context: PlacementRecorder,
    { readsEach = false } = {},
  ): Promise<number> {
    const begun = performance.now();
    for (const app of apps) {
      if (readsEach) context.fleetSnapshots.forget();
      await reconcilePlacement({ app, environment: 'live' }, context);
    }
    return performance.now() - begun;
  }

  const tally = async () => {
    const counts: Record<string, number> = {};
    for (const { decision } of await findPlacements(knex))
      for (const cluster of decision.chosen)
        counts[cluster] = (counts[cluster] ?? 0) + 1;
    return counts;
  };

  it('get no capacity twice, though the fleet is read once: 15 apps, capacity for 10 and 5', async () => {
    const apps = await start([10, 5], 15);
    const context = await contextOf();
    const asked: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => asked.push(sql));
    await decideAll(apps, context);
    expect(await tally()).toEqual({ 'c-000': 10, 'c-001': 5 });
    expect(
      asked.filter(sql => sql.includes('from `cluster_facts`')).length,
    ).toBe(1);
  });

  it('are decided as they are when each reads the fleet', async () => {
    const apps = await start([3, 2, 2], 9);
    await decideAll(apps, await contextOf());
    const together = await tally();
    await knex.destroy();
    await start([3, 2, 2], 9);
    await decideAll(apps, await contextOf(), { readsEach: true });
    expect(await tally()).toEqual(together);
    expect(together).toEqual({ 'c-000': 3, 'c-001': 2, 'c-002': 2 });
  });

  it('are read and decided again only where it matters what changed', async () => {
    const apps = await start([3, 3], 2);
    const context = await contextOf();
    const files: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => {
      if (sql.includes('from `releases`')) files.push(sql);
    });
    const lookAgain = async () => {
      context.fleetSnapshots.forget();
      await decideAll(apps, context);
      return files.splice(0).length;
    };
    expect(await lookAgain()).toBeGreaterThan(0);
    await lookAgain(); // what has just moved is decided once more where it is now
    expect(await lookAgain()).toBe(0);
    const before = await tally();
    await saveSize('c-001', 2);
    expect(await lookAgain()).toBe(0); // it is enough still
    await saveSize('c-001', 0.5);
    expect(await lookAgain()).toBeGreaterThan(0);
    expect(await tally()).toEqual(before);
  });

  it('are looked at again when the time of a silent cluster is over, whenever everything else is', async () => {
    const [app] = await start([1], 1);
    const context = await contextOf();
    const look = () =>
      reconcilePlacement({ app, environment: 'live' }, context);
    expect(await look()).toEqual({ kind: 'settled' });
    await knex.transaction(tx =>
      saveContact(tx, 'c-000', { state: 'lost', at: NOW }),
    );
    context.fleetSnapshots.forget();
    expect(await look()).toMatchObject({
      kind: 'again',
      because: 'a cluster it runs on is silent',
    });
  });

  it('forget what was read when a placement is asked for', async () => {
    const [app] = await start([1], 1);
    const context = await contextOf();
    const first = await context.fleetSnapshots.read(context);
    expect(await context.fleetSnapshots.read(context)).toBe(first);
    const reading = context.fleetSnapshots.read(context);
    context.fleetSnapshots.forget();
    await reading;
    expect(await context.fleetSnapshots.read(context)).not.toBe(first);
    await reconcilePlacement({ app, environment: 'live' }, context);
  });

  /** Opt-in, because it takes minutes: `CALLBOARD_BENCH=1`. */
  const measure = process.env.CALLBOARD_BENCH ? it : it.skip;
  measure('cost what they are, not their number squared', async () => {
    const apps = await start(Array<number>(200).fill(16), 500);
    await decideAll(apps, await contextOf());
    const each = await decideAll(apps, await contextOf(), {
      readsEach: true,
    });
    const context = await contextOf();
    const once = await decideAll(apps, context);
    context.fleetSnapshots.forget();
    const stood = await decideAll(apps, context);
    await saveSize('c-000', 1);
    context.fleetSnapshots.forget();
    const changed = await decideAll(apps, context);
    process.stdout.write(
      `500 apps, 200 clusters, looked at again: ${Math.round(
        each,
      )} ms reading the fleet for each, ${Math.round(
        once,
      )} ms reading it once, ${Math.round(
        stood,
      )} ms when nothing changed since, ${Math.round(
        changed,
      )} ms when one cluster has less capacity\n`,
    );
  });
});
