import type {
  BlueprintFile,
  EnvironmentFile,
  JournalEntry,
} from '@callboard/plugin-callboard-common';
import type { RevisionSpec } from '@callboard/plugin-callboard-node';
import {
  type ClusterStatus,
  type ClusterStatusRecords,
  readGapAt,
  readClusterStatusRecords,
  clusterStatusFrom,
} from '../../reconcile/fleet/clusterStatusOf';
import type { UptimeGap } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import type { PageReader } from '../../reconcile/roles';
import {
  type AddressProbeRecord,
  type AgentProgress,
  type AppRecord,
  type BuildRecord,
  type ClusterFactsRecord,
  type ClusterRecord,
  type ClusterSchedulingRecord,
  type DeploymentRecord,
  type EnvironmentOperationRecord,
  type EnvironmentReleaseRecord,
  type PlacementRecord,
  type ReleaseHead,
  type ReleaseStayRecord,
  type RevisionRecord,
  findAllAgentProgress,
  findApp,
  findApps,
  findClusterFacts,
  findDeployments,
  findEnvironmentReleases,
  findLastChanges,
  findNewestBuilds,
  findNewestSpecs,
  findOperations,
  findPlacements,
  findPlatformFiles,
  findProbes,
  findReleaseHeads,
  findRevisionAt,
  findSchedulings,
  findRollouts,
  findStaysOf,
  READ_ALWAYS,
  type Reads,
  readAtOnce,
  type RolloutRecord,
} from '../../store';

/** All data that pages of apps and clusters show, read at once: now, or at an instant. */
export interface FleetSnapshot {
  /** The instant that it shows. */
  now: Date;
  apps: AppRecord[];
  specs: Map<string, RevisionSpec>;
  builds: Map<string, BuildRecord>;
  /** Pushes whose build has not become a release (yet): by app. */
  pushed: ReadonlyMap<string, RevisionRecord>;
  /** By `app/environment`. */
  environmentReleases: ReadonlyMap<string, EnvironmentReleaseRecord>;
  /**
   * For releases that differ between environments of an app, since when they
   * were in each and what replaced them: by `app/environment/release`.
   */
  stays: ReadonlyMap<string, ReleaseStayRecord>;
  /** By `app/number`. */
  releases: Map<string, ReleaseHead>;
  /** By `app/environment`. */
  placements: ReadonlyMap<string, PlacementRecord>;
  /** Environments that were stopped or scaled, by `app/environment`. */
  operations: ReadonlyMap<string, EnvironmentOperationRecord>;
  /** Probe results, by URL; not for past instants. */
  probes: ReadonlyMap<string, AddressProbeRecord>;
  /** By `app/environment`. */
  rollouts: ReadonlyMap<string, RolloutRecord>;
  /** By `app/environment`. */
  deployments: ReadonlyMap<string, DeploymentRecord[]>;
  /** By cluster; blueprints included. */
  deploymentsOn: ReadonlyMap<string, DeploymentRecord[]>;
  clusters: ReadonlyMap<string, ClusterRecord>;
  /** Facts that clusters report. */
  facts: ReadonlyMap<string, ClusterFactsRecord>;
  /** Clusters that accept no new apps. */
  schedulings: ReadonlyMap<string, ClusterSchedulingRecord>;
  /** Of clusters that join through an agent, by name. */
  agents: ReadonlyMap<string, AgentProgress>;
  /** Version that agents are upgraded to; not for past instants. */
  agentVersion?: string;
  lastChanges: Map<string, JournalEntry>;
  platform: {
    environments: readonly EnvironmentFile[];
    blueprints: readonly BlueprintFile[];
  };
  clusterStatusOf(cluster: string): ClusterStatus;
  cloneUrlOf(app: string): string;
  /** The address of an app that belongs to no cluster; not for past instants. */
  appUrlOf(of: { app: string; environment: string }): string | undefined;
}

/** The parts of a snapshot except its instant and what is only in memory. */
export type SnapshotRecords = Omit<
  FleetSnapshot,
  | 'now'
  | 'platform'
  | 'clusterStatusOf'
  | 'cloneUrlOf'
  | 'appUrlOf'
  | 'agentVersion'
> & { statuses: ClusterStatusRecords };

/**
 * Reads a snapshot from the database only: a page never queries a cluster.
 *
 * @param filter - `app`: only what concerns that app (its clusters, all the
 *   same)
 */
export async function readFleetSnapshot(
  context: PageReader,
  filter: { app?: string; at?: Date } = {},
): Promise<FleetSnapshot> {
  const { deps } = context;
  const { at } = filter;
  const records = at
    ? await readRecords(deps.knex, filter)
    : await readAtOnce(deps.knex, tx => readRecords(tx, filter));
  const platform = at ? await findPlatformFiles(deps.knex, at) : deps.platform;
  const gap = at && (await readGapAt(at, context));
  return pictureOf(records, context, { at, platform, gap });
}

/** The snapshot of records at an instant: now, where none is given. */
export function pictureOf(
  { statuses, ...records }: SnapshotRecords,
  { deps, fleet }: PageReader,
  {
    at,
    platform,
    gap,
  }: { at?: Date; platform: FleetSnapshot['platform']; gap?: UptimeGap },
): FleetSnapshot {
  const now = at ?? deps.clock.now();
  return {
    ...records,
    now,
    ...(deps.agents && !at && { agentVersion: deps.agents.version }),
    platform,
    clusterStatusOf: clusterStatusFrom(statuses, { fleet, now, at, gap }),
    cloneUrlOf: name => deps.cloneUrlOf(name),
    appUrlOf: of => (at ? undefined : deps.appUrlOf?.(of)),
  };
}

/**
 * Reads the data that pages show.
 *
 * @param reads - for the present and everything only: how it is read again
 */
export async function readRecords(
  knex: Knex,
  filter: { app?: string; at?: Date } = {},
  reads: Reads = READ_ALWAYS,
): Promise<SnapshotRecords> {
  const { app, at } = filter;
  const builds = await reads.read('builds', ['builds'], () =>
    findNewestBuilds(knex, filter),
  );
  const statuses = await readClusterStatusRecords(knex, at, reads);
  const environmentReleases = await reads.read(
    'environment releases',
    ['environment_releases'],
    () => findEnvironmentReleases(knex, filter),
  );
  const deployments = await reads.read('deployments', ['deployments'], () =>
    findDeployments(knex, filter).then(found => ({
      ofApps: groupBy(found, ({ key }) =>
        key.kind === 'app' ? environmentKey(key) : undefined,
      ),
      onClusters: groupBy(found, ({ key }) => key.cluster),
    })),
  );
  return {
    apps: await reads.read('apps', ['apps'], () =>
      app === undefined ? findApps(knex, at) : findOne(app, knex, at),
    ),
    specs: await reads.read('specs', ['releases', 'revisions'], () =>
      findNewestSpecs(knex, filter),
    ),
    builds,
    pushed: await reads.read('pushed', ['builds', 'revisions'], () =>
      findPushed(builds, knex),
    ),
    environmentReleases: byEnvironment(environmentReleases),
    stays: await reads.read('stays', ['environment_releases'], () =>
      findStays(environmentReleases, knex, at),
    ),
    releases: await reads.read(
      'releases',
      ['environment_releases', 'releases'],
      () => findReleasesOf(environmentReleases, knex),
    ),
    placements: await reads.read('placements', ['placements'], () =>
      findPlacements(knex, filter).then(byEnvironment),
    ),
    operations: await reads.read('operations', ['environment_operations'], () =>
      findOperations(knex, filter).then(byEnvironment),
    ),
    probes: await reads.read('probes', ['address_probes'], async () =>
      filter.at
        ? new Map()
        : new Map(
            (
              await findProbes(knex, { ...(app !== undefined && { app }) })
            ).map(found => [found.url, found]),
          ),
    ),
    rollouts: await reads.read('rollouts', ['rollouts'], () =>
      findRollouts(knex, filter).then(byEnvironment),
    ),
    deployments: deployments.ofApps,
    deploymentsOn: deployments.onClusters,
    clusters: statuses.clusters,
    facts: await reads.read('facts', ['cluster_facts'], () =>
      findClusterFacts(knex, at),
    ),
    schedulings: await reads.read('schedulings', ['cluster_schedulings'], () =>
      findSchedulings(knex, at),
    ),
    agents: await reads.read('agents', ['cluster_agents'], () =>
      findAllAgentProgress(knex, at),
    ),
    lastChanges: await reads.read('last changes', ['journal'], () =>
      findLastChanges(knex, filter),
    ),
    statuses,
  };
}

async function findOne(
  app: string,
  knex: Knex,
  at: Date | undefined,
): Promise<AppRecord[]> {
  const one = await findApp(knex, app, at);
  return one ? [one] : [];
}

/** Heads of the releases that are in environments. */
async function findReleasesOf(
  environmentReleases: readonly EnvironmentReleaseRecord[],
  knex: Knex,
): Promise<Map<string, ReleaseHead>> {
  const numbers = new Map<string, { app: string; number: number }>();
  for (const { app, release: number } of environmentReleases)
    numbers.set(`${app}/${number}`, { app, number });
  return findReleaseHeads(knex, [...numbers.values()]);
}

/** Stays of releases that differ between environments of an app. */
async function findStays(
  environmentReleases: readonly EnvironmentReleaseRecord[],
  knex: Knex,
  at: Date | undefined,
): Promise<Map<string, ReleaseStayRecord>> {
  const wanted = differentElsewhere(environmentReleases);
  const stays = await findStaysOf(knex, wanted, at);
  return new Map(
    stays.map(stay => [`${environmentKey(stay)}/${stay.release}`, stay]),
  );
}

/** The pushes whose build did not become a release (yet). */
async function findPushed(
  builds: ReadonlyMap<string, BuildRecord>,
  knex: Knex,
): Promise<Map<string, RevisionRecord>> {
  const pushed = new Map<string, RevisionRecord>();
  for (const [app, build] of builds) {
    const revision =
      build.state === 'succeeded'
        ? undefined
        : await findRevisionAt(knex, build);
    if (revision) pushed.set(app, revision);
  }
  return pushed;
}

/**
 * Each environment with its release and with those of other environments of the
 * same app: the candidates for promotion, and what they would replace.
 */
function differentElsewhere(
  wanted: readonly EnvironmentReleaseRecord[],
): Array<{ app: string; environment: string; release: number }> {
  const byApp = groupBy(wanted, ({ app }) => app);
  return wanted.flatMap(({ app, environment, release }) => {
    const others = (byApp.get(app) ?? []).filter(
      other => other.release !== release,
    );
    return others.length === 0
      ? []
      : [release, ...others.map(other => other.release)].map(each => ({
          app,
          environment,
          release: each,
        }));
  });
}

/** Key of the maps of a snapshot. */
export function environmentKey(of: {
  app: string;
  environment: string;
}): string {
  return `${of.app}/${of.environment}`;
}

function byEnvironment<T extends { app: string; environment: string }>(
  facts: readonly T[],
): Map<string, T> {
  return new Map(facts.map(fact => [environmentKey(fact), fact]));
}

function groupBy<T>(
  items: readonly T[],
  keyOf: (item: T) => string | undefined,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
