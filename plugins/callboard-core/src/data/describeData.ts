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
  /** Clusters to which the app moves instead. */
  to: readonly string[];
  /** Whether the cluster itself is removed, so that the data is no longer reachable through Callboard. */
  isClusterGone: boolean;
}

/** Describes what happens to the data, and how to move it. */
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

/** Describes what happens to data that a release no longer requests, while the app keeps running. */
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

/** Describes data that an app left on a cluster. */
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

/** An app on a cluster. */
type DataPlace = Pick<DataFacts, 'app' | 'environment' | 'cluster'>;

/** Returns the command that deletes all data of an app after it has left. */
export function commandToDelete({
  app,
  environment,
  cluster,
}: DataPlace): string {
  const namespace = namespaceOf(app, environment);
  return `kubectl --context ${cluster} delete namespace ${namespace}`;
}

/** Returns the command that deletes some data of a running app. */
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
