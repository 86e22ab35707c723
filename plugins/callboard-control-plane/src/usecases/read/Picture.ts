import type {
  BlueprintFile,
  EnvironmentFile,
  JournalEntry,
} from '@callboard/plugin-callboard-common';
import { type ClusterSight, sightOf } from '../../reconcile/fleet/sightOf';
import type { ReconcileContext } from '../../reconcile/ReconcileContext';
import {
  type AgentProgress,
  type AppRecord,
  type BuildRecord,
  type ClusterRecord,
  type ClusterSchedulingRecord,
  type DeploymentRecord,
  type EnvironmentReleaseRecord,
  type PlacementRecord,
  type ReleaseHead,
  type ReleaseStayRecord,
  type RevisionSpec,
  findAllAgentProgress,
  findApp,
  findApps,
  findClusters,
  findDeployments,
  findEnvironmentReleases,
  findLastChanges,
  findNewestBuilds,
  findNewestSpecs,
  findPlacements,
  findPlatformFiles,
  findReleaseHeads,
  findSchedulings,
  findRollouts,
  findStaysOf,
  type RolloutRecord,
} from '../../store';

/** Everything that pages of apps and clusters are made of, read at once: now, or as it was. */
export interface Picture {
  /** The instant it shows. */
  now: Date;
  apps: AppRecord[];
  specs: Map<string, RevisionSpec>;
  builds: Map<string, BuildRecord>;
  /** By `app/environment`. */
  environmentReleases: ReadonlyMap<string, EnvironmentReleaseRecord>;
  /** What took the place of releases that are newer than the one there and wanted elsewhere: by `app/environment/release`. */
  stays: ReadonlyMap<string, ReleaseStayRecord>;
  /** By `app/number`. */
  releases: Map<string, ReleaseHead>;
  /** By `app/environment`. */
  placements: ReadonlyMap<string, PlacementRecord>;
  /** By `app/environment`. */
  rollouts: ReadonlyMap<string, RolloutRecord>;
  /** By `app/environment`. */
  deployments: ReadonlyMap<string, DeploymentRecord[]>;
  /** By cluster; blueprints among them. */
  deploymentsOn: ReadonlyMap<string, DeploymentRecord[]>;
  clusters: Map<string, ClusterRecord>;
  /** Clusters that take nothing new. */
  schedulings: ReadonlyMap<string, ClusterSchedulingRecord>;
  /** Of clusters that dial out, by name. */
  agents: ReadonlyMap<string, AgentProgress>;
  /** That agents are brought to; of the past nobody asks. */
  agentVersion?: string;
  lastChanges: Map<string, JournalEntry>;
  platform: {
    environments: readonly EnvironmentFile[];
    blueprints: readonly BlueprintFile[];
  };
  sightOf(cluster: string): ClusterSight;
  cloneUrlOf(app: string): string;
}

/**
 * Reads a picture from the record alone: a page never asks a cluster.
 *
 * @param filter - `app`: only what concerns that app (its clusters, all the same)
 */
export async function readPicture(
  context: Pick<ReconcileContext, 'deps' | 'fleet'>,
  filter: { app?: string; at?: Date } = {},
): Promise<Picture> {
  const { deps } = context;
  const { knex } = deps;
  const { app, at } = filter;
  const one = app === undefined ? undefined : await findApp(knex, app, at);
  const environmentReleases = await findEnvironmentReleases(knex, filter);
  const deployments = await findDeployments(knex, filter);
  const numbers = new Map<string, { app: string; number: number }>();
  for (const { app: name, release: number } of environmentReleases)
    numbers.set(`${name}/${number}`, { app: name, number });
  return {
    now: at ?? deps.clock.now(),
    apps:
      app === undefined
        ? await findApps(knex, at)
        : [one].flatMap(each => each ?? []),
    specs: await findNewestSpecs(knex, filter),
    builds: await findNewestBuilds(knex, filter),
    environmentReleases: byEnvironment(environmentReleases),
    stays: new Map(
      (await findStaysOf(knex, newerElsewhere(environmentReleases), at)).map(
        stay => [`${environmentKey(stay)}/${stay.release}`, stay],
      ),
    ),
    releases: await findReleaseHeads(knex, [...numbers.values()]),
    placements: byEnvironment(await findPlacements(knex, filter)),
    rollouts: byEnvironment(await findRollouts(knex, filter)),
    deployments: groupBy(deployments, ({ key }) =>
      key.kind === 'app' ? environmentKey(key) : undefined,
    ),
    deploymentsOn: groupBy(deployments, ({ key }) => key.cluster),
    clusters: new Map(
      (await findClusters(knex, at)).map(cluster => [cluster.name, cluster]),
    ),
    schedulings: await findSchedulings(knex, at),
    agents: await findAllAgentProgress(knex, at),
    ...(deps.agents && !at && { agentVersion: deps.agents.version }),
    lastChanges: await findLastChanges(knex, filter),
    platform: at ? await findPlatformFiles(knex, at) : deps.platform,
    sightOf: await sightOf(context, at),
    cloneUrlOf: name => deps.cloneUrlOf(name),
  };
}

/** Releases that other environments of the same app have and that are newer: what may be promoted. */
function newerElsewhere(
  wanted: readonly EnvironmentReleaseRecord[],
): Array<{ app: string; environment: string; release: number }> {
  const byApp = groupBy(wanted, ({ app }) => app);
  return wanted.flatMap(({ app, environment, release }) =>
    (byApp.get(app) ?? [])
      .filter(other => other.release > release)
      .map(other => ({ app, environment, release: other.release })),
  );
}

/** Key of the maps of a picture. */
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
