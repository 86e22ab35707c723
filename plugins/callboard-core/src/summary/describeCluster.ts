import {
  type Cluster,
  type ClusterBlueprint,
  countOf,
  describeSilence,
  isOnlyObserved,
} from '@callboard/plugin-callboard-common';
import { countApps } from './countApps';
import { endSentence } from './sentence';

/** Facts for the sentence of a cluster. */
export type ClusterSentenceFacts = Pick<
  Cluster,
  | 'name'
  | 'freshness'
  | 'observedAt'
  | 'reading'
  | 'blueprint'
  | 'apps'
  | 'connection'
  | 'scheduling'
  | 'taints'
>;

/**
 * Describes a cluster, as the first line of its page: `eu-1 is live, runs
 * blueprint golden 3 with no drift, and carries 7 apps.`
 */
export function describeCluster(
  cluster: ClusterSentenceFacts,
  now: Date,
): string {
  const { name, freshness, observedAt, blueprint } = cluster;
  if (freshness === 'live') {
    const access = isOnlyObserved(cluster) ? ', is only observed' : '';
    return `${name} is live${access}${describeScheduling(
      cluster,
    )}, ${describeBlueprint(blueprint)}, and ${describeApps(cluster)}.`;
  }
  if (cluster.reading) return describeReading(cluster, now);
  const why = cluster.connection.problem
    ? `: ${cluster.connection.problem.why}`
    : '';
  if (observedAt === null) return endSentence(`${name} was never seen${why}`);
  const age = describeSilence(now.getTime() - new Date(observedAt).getTime());
  return endSentence(
    `${name} was last seen ${age} ago, with ${countOf(
      countApps(cluster.apps),
      'app',
    )}${why}`,
  );
}

/** Before the first contact after a start of Callboard, a missing contact means nothing. */
function describeReading(cluster: ClusterSentenceFacts, now: Date): string {
  const { name, observedAt } = cluster;
  const seen =
    observedAt === null
      ? 'it was never seen'
      : `it carried ${countOf(
          countApps(cluster.apps),
          'app',
        )} when it was last seen ${describeSilence(
          now.getTime() - new Date(observedAt).getTime(),
        )} ago`;
  return endSentence(`${name} is being read after a start; ${seen}`);
}

/** `, is cordoned`, `, is being drained (2 apps left, 1 has nowhere else to run)`; empty for a schedulable one. */
function describeScheduling({ scheduling }: ClusterSentenceFacts): string {
  switch (scheduling.state) {
    case 'open':
      return '';
    case 'cordoned':
      return ', is cordoned';
    case 'drained':
      return ', is drained';
    case 'draining': {
      const { left } = scheduling;
      const apps = countApps(left);
      const stuck = countApps(left.filter(({ state }) => state === 'stuck'));
      const short =
        stuck === 0
          ? ''
          : `, ${stuck} ${stuck === 1 ? 'has' : 'have'} nowhere else to run`;
      // A reader without access to all apps may see none of the remaining ones.
      return apps === 0
        ? ', is being drained'
        : `, is being drained (${countOf(apps, 'app')} left${short})`;
    }
    default:
      return scheduling satisfies never;
  }
}

function describeBlueprint(blueprint: ClusterBlueprint | null): string {
  if (!blueprint) return 'runs no blueprint';
  const which = `blueprint ${blueprint.name} ${blueprint.version}`;
  switch (blueprint.state) {
    case 'applied':
      return blueprint.drift.length === 0
        ? `runs ${which} with no drift`
        : `runs ${which} with ${countOf(
            blueprint.drift.length,
            'drifted object',
          )}`;
    case 'pending':
      return `waits for ${which}`;
    case 'applying':
      return `is applying ${which}`;
    case 'failed':
      return `could not apply ${which}`;
    default:
      return `may or may not run ${which}`;
  }
}

function describeApps(cluster: ClusterSentenceFacts): string {
  const sick = new Set(
    cluster.apps
      .filter(
        ({ health }) =>
          health.status === 'Degraded' || health.status === 'Missing',
      )
      .map(({ app }) => app),
  );
  const carried = countApps(cluster.apps);
  const carries =
    carried === 0 ? 'carries no app' : `carries ${countOf(carried, 'app')}`;
  return sick.size === 0
    ? carries
    : `${carries}, of which ${sick.size} ${
        sick.size === 1 ? 'needs' : 'need'
      } attention`;
}
