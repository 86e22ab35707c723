import type {
  Cluster,
  ClusterBlueprint,
} from '@callboard/plugin-callboard-common';
import { describeSpan } from '../time';
import { countOf, endSentence } from './sentence';

/** What the sentence of a cluster is made of. */
export type ClusterSentenceFacts = Pick<
  Cluster,
  | 'name'
  | 'freshness'
  | 'observedAt'
  | 'blueprint'
  | 'apps'
  | 'connection'
  | 'scheduling'
>;

/** First line of a cluster's page: `eu-1 is live, runs blueprint golden 3 with no drift, and carries 7 apps.` */
export function describeCluster(
  cluster: ClusterSentenceFacts,
  now: Date,
): string {
  const { name, freshness, observedAt, blueprint } = cluster;
  if (freshness === 'live') {
    return `${name} is live${describeScheduling(cluster)}, ${describeBlueprint(
      blueprint,
    )}, and ${describeApps(cluster)}.`;
  }
  const why = cluster.connection.problem
    ? `: ${cluster.connection.problem.why}`
    : '';
  if (observedAt === null) return endSentence(`${name} was never seen${why}`);
  const age = describeSpan(now.getTime() - new Date(observedAt).getTime());
  return endSentence(
    `${name} was last seen ${age} ago, with ${countOf(
      appsOf(cluster).size,
      'app',
    )}${why}`,
  );
}

/** `, is cordoned`, `, is being drained (2 apps left, 1 finds no room)`; nothing for one that takes apps. */
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
      const stuck = left.filter(({ state }) => state === 'stuck').length;
      const short =
        stuck === 0
          ? ''
          : `, ${stuck} ${stuck === 1 ? 'finds' : 'find'} no room`;
      return `, is being drained (${countOf(left.length, 'app')} left${short})`;
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
      return `is taking up ${which}`;
    case 'failed':
      return `could not take up ${which}`;
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
  const carried = appsOf(cluster).size;
  const carries =
    carried === 0 ? 'carries no app' : `carries ${countOf(carried, 'app')}`;
  return sick.size === 0
    ? carries
    : `${carries}, of which ${sick.size} ${
        sick.size === 1 ? 'needs' : 'need'
      } attention`;
}

function appsOf({ apps }: ClusterSentenceFacts): Set<string> {
  return new Set(apps.map(({ app }) => app));
}
