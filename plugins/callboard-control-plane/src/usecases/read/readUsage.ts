import {
  adviseMemory,
  chunkOf,
  judgeTraffic,
  judgeUsage,
  readChunk,
  thinPoints,
  trafficSources,
  type UsagePoint,
} from '@callboard/plugin-callboard-core';
import {
  type AppUsage,
  type ClusterFile,
  type ClusterUsage,
  type Result,
  type UsageAdvice,
  failed,
  ok,
} from '@callboard/plugin-callboard-common';
import type { FactReader } from '../../reconcile/roles';
import {
  type UsageChunk,
  type UsageRecord,
  findApp,
  findClusters,
  findDeploymentsIn,
  findUsage,
  findUsageChunksOf,
} from '../../store';
import { appMissing } from '../problems';

const MOST_POINTS = 168; // of a curve: one an hour for a week

/** Points of a container on a cluster. */
interface Series {
  cluster: string;
  workload: string;
  container: string;
  points: UsagePoint[];
}

/** Last reported usage of the instances of an app in an environment. Queries no cluster. */
export async function readUsage(
  of: { app: string; environment: string },
  { deps: { knex, clock } }: FactReader,
): Promise<Result<AppUsage>> {
  const app = await findApp(knex, of.app);
  if (!app) return failed(appMissing(of.app));
  const now = clock.now();
  const files = new Map(
    (await findClusters(knex)).map(({ name, file }) => [name, file]),
  );
  const deployments = await findDeploymentsIn(knex, of);
  const records = new Map(
    (await findUsage(knex, of)).map(each => [each.cluster, each]),
  );
  const clusters = deployments
    .filter(({ state }) => state.desiredRelease !== undefined)
    .map(({ key, state }) => ({
      cluster: key.cluster,
      isRunning: state.instances.wanted > 0,
    }))
    .sort((a, b) => (a.cluster < b.cluster ? -1 : 1));
  // Excludes an earlier app of that name.
  const bornMs = chunkOf(app.createdAt.getTime());
  const series = toSeries(
    (await findUsageChunksOf(knex, of, now)).filter(
      ({ fromMs }) => fromMs >= bornMs,
    ),
  );
  return ok({
    clusters: clusters.map(each =>
      assemble(each, {
        usage: records.get(each.cluster),
        file: files.get(each.cluster),
        series: series.filter(({ cluster }) => cluster === each.cluster),
        now,
      }),
    ),
    advice: adviseAll(
      of.environment,
      clusters.flatMap(({ cluster }) => records.get(cluster) ?? []),
      series,
    ),
  });
}

function assemble(
  { cluster, isRunning }: { cluster: string; isRunning: boolean },
  {
    usage,
    file,
    series,
    now,
  }: {
    usage: UsageRecord | undefined;
    file: ClusterFile | undefined;
    series: readonly Series[];
    now: Date;
  },
): ClusterUsage {
  const prometheus = file?.spec.prometheus;
  return {
    cluster,
    ...judgeUsage(usage, { now, isRunning }),
    traffic: judgeTraffic(usage?.traffic, {
      now,
      isRunning,
      sources: prometheus && trafficSources(prometheus),
    }),
    ...(usage?.measuredAt && { measuredAt: usage.measuredAt.toISOString() }),
    instances: [...(usage?.instances ?? [])].sort((a, b) =>
      a.name < b.name ? -1 : 1,
    ),
    series: series.map(({ workload, container, points }) => {
      const thinned = thinPoints(points, MOST_POINTS);
      return {
        workload,
        container,
        stepSeconds: thinned.stepMs / 1000,
        points: thinned.points.map(({ atMs, ...amounts }) => ({
          at: new Date(atMs).toISOString(),
          ...amounts,
        })),
      };
    }),
  };
}

function toSeries(chunks: readonly UsageChunk[]): Series[] {
  const all = new Map<string, Series>();
  for (const { cluster, workload, container, fromMs, points } of chunks) {
    const key = [cluster, workload, container].join('/');
    const series = all.get(key) ?? { cluster, workload, container, points: [] };
    series.points.push(...readChunk(fromMs, points));
    all.set(key, series);
  }
  return [...all.values()];
}

/** One recommendation per container, for all clusters together: app.yaml has one value for all of them. */
function adviseAll(
  environment: string,
  records: readonly UsageRecord[],
  series: readonly Series[],
): UsageAdvice[] {
  const containers = records.flatMap(({ instances }) =>
    instances.flatMap(({ workload, containers: all }) =>
      all.map(each => ({ workload, ...each })),
    ),
  );
  const names = new Set(
    containers.map(({ workload, name }) => `${workload}/${name}`),
  );
  return [...names].sort().flatMap(name => {
    const own = containers.filter(
      each => `${each.workload}/${each.name}` === name,
    );
    const measured = series.filter(
      each => `${each.workload}/${each.container}` === name,
    );
    const requests = own.flatMap(({ requests: { memoryBytes } }) =>
      memoryBytes === undefined ? [] : [memoryBytes],
    );
    const limits = own.flatMap(({ limits: { memoryBytes } }) =>
      memoryBytes === undefined ? [] : [memoryBytes],
    );
    const [{ workload, name: container }] = own;
    return (
      adviseMemory({
        environment,
        workload,
        container,
        ...(requests.length > 0 && { requestBytes: Math.max(...requests) }),
        ...(limits.length > 0 && { limitBytes: Math.min(...limits) }),
        peakBytes: measured.reduce(
          (most, { points }) =>
            points.reduce((max, each) => Math.max(max, each.memoryBytes), most),
          0,
        ),
        points: Math.max(0, ...measured.map(({ points }) => points.length)),
      }) ?? []
    );
  });
}
