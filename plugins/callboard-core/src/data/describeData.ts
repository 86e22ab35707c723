import {
  type DataResource,
  LABELS,
  listOf,
} from '@callboard/plugin-callboard-common';
import { namespaceOf } from '../render/namespaceOf';
import type { AppData } from './findData';

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
  const stays = `${dataStays(resources, cluster)} and is not copied`;
  const begins =
    to.length === 0
      ? ''
      : `: ${listOf(to, to.length)} ${
          to.length === 1 ? 'begins' : 'begin'
        } without it`;
  const bring = isClusterGone
    ? 'Callboard does not reach it there any more: bring it by a dump and a restore before'
    : `Bring it by a dump and a restore, or let ${app} come back to ${cluster}, where it finds it again`;
  return `${stays}${begins}. ${bring}`;
}

/** What becomes of data that a release asks for no more, where the app goes on running. */
export function describeUnasked({
  cluster,
  resources,
  release,
}: Pick<DataFacts, 'cluster' | 'resources'> & { release: number }): string {
  return `${dataStays(
    resources,
    cluster,
  )}: release ${release} does not ask for it. A release that asks for it again finds it there`;
}

/** What is known of data that an app left on a cluster. */
export function describeKept({
  app,
  cluster,
  resources,
  isDeleted,
  isClusterGone,
}: Omit<DataFacts, 'environment' | 'to'> & { isDeleted: boolean }): string {
  if (isDeleted)
    return isClusterGone
      ? `The data of ${nameData(
          resources,
        )} on ${cluster}, which is not registered any more, is deleted once ${cluster} is registered again`
      : `The data of ${nameData(resources)} on ${cluster} is being deleted`;
  const stays = dataStays(resources, cluster);
  return isClusterGone
    ? `${stays}, which is not registered any more. Callboard does not reach it until ${cluster} is registered again`
    : `${stays}, where ${app} does not run any more. Where ${app} comes back to ${cluster}, it finds it again`;
}

function dataStays(
  resources: readonly DataResource[],
  cluster: string,
): string {
  return `The data of ${nameData(resources)} stays on ${cluster}`;
}

function nameData(resources: readonly DataResource[]): string {
  const names = resources.map(({ name, type }) => `${name} (${type})`);
  return listOf(names, names.length);
}

/** Of an app on a cluster. */
type DataPlace = Pick<DataFacts, 'app' | 'environment' | 'cluster'>;

/** What a person runs to delete all data of an app, once it has left. */
export function commandToDelete({
  app,
  environment,
  cluster,
}: DataPlace): string {
  const namespace = namespaceOf(app, environment);
  return `kubectl --context ${cluster} delete namespace ${namespace}`;
}

/** What a person runs to delete some data of an app that goes on running. */
export function commandToDeleteOnly(
  { app, environment, cluster }: DataPlace,
  data: readonly AppData[],
): string {
  const kubectl = `kubectl --context ${cluster} --namespace ${namespaceOf(
    app,
    environment,
  )} delete`;
  const objects = data.flatMap(each => each.objects ?? []);
  const instances = data.flatMap(({ instance }) => instance ?? []);
  const claims = data.flatMap(each =>
    each.objects === undefined ? [each.resource] : [],
  );
  const claimsOf = (label: string, names: readonly string[]) =>
    names.length === 0
      ? []
      : [
          `${kubectl} persistentvolumeclaims --selector '${label} in (${names.join(
            ', ',
          )})'`,
        ];
  return [
    ...(objects.length > 0 ? [`${kubectl} ${objects.join(' ')}`] : []),
    ...claimsOf('app.kubernetes.io/instance', instances),
    ...claimsOf(LABELS.resource, claims),
  ].join(' && ');
}
