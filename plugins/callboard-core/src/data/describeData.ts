import { type DataResource, listOf } from '@callboard/plugin-callboard-common';
import { namespaceOf } from '../render/namespaceOf';

/** Data of an app on a cluster that it leaves. */
export interface DataFacts {
  app: string;
  environment: string;
  cluster: string;
  resources: readonly DataResource[];
  /** Clusters that the app comes to instead. */
  to: readonly string[];
  /** Whether the cluster itself goes, and nobody reaches the data through Callboard. */
  isClusterGone: boolean;
}

/** What becomes of the data, and how it is brought along. */
export function describeData({
  app,
  cluster,
  resources,
  to,
  isClusterGone,
}: DataFacts): string {
  const names = resources.map(({ name, type }) => `${name} (${type})`);
  const stays = `The data of ${listOf(
    names,
    names.length,
  )} stays on ${cluster} and is not copied`;
  const begins =
    to.length === 0
      ? ''
      : `: ${listOf(to, to.length)} ${
          to.length === 1 ? 'begins' : 'begin'
        } without it`;
  const bring = isClusterGone
    ? `Callboard does not reach it there any more: bring it by a dump and a restore before`
    : `Bring it by a dump and a restore, or let ${app} come back to ${cluster}, where it finds it again`;
  return `${stays}${begins}. ${bring}`;
}

/** What a person runs to delete it, once the app has left. */
export function commandToDelete({
  app,
  environment,
  cluster,
}: Pick<DataFacts, 'app' | 'environment' | 'cluster'>): string {
  return `kubectl --context ${cluster} delete namespace ${namespaceOf(
    app,
    environment,
  )}`;
}
