import type { PolicyFile } from '@callboard/plugin-callboard-common';
import { matchesSelector } from '../placement/selectors';
import type { PolicyCluster, PolicySubject } from './types';

type Match = NonNullable<PolicyFile['spec']['match']>;

/** Returns the policies that apply to an app in an environment, on any cluster. */
export function policiesFor(
  files: readonly PolicyFile[],
  of: Pick<PolicySubject, 'app'> & { environment: { name: string } },
): PolicyFile[] {
  return files.filter(({ spec }) => matchesSubject(spec.match ?? {}, of));
}

/** Returns whether a policy applies to an app in an environment, on any cluster. */
export function matchesSubject(
  { owners, systems, apps, environments }: Match,
  {
    app,
    environment,
  }: Pick<PolicySubject, 'app'> & { environment: { name: string } },
): boolean {
  return (
    isAmong(owners, app.owner) &&
    isAmong(systems, app.system) &&
    isAmong(apps, app.name) &&
    isAmong(environments, environment.name)
  );
}

/** Returns whether a policy applies to some clusters only. */
export function choosesClusters(match: Match): boolean {
  return (
    match.clusterSets !== undefined ||
    match.blueprints !== undefined ||
    match.clusters !== undefined
  );
}

/** Returns whether a policy applies on a cluster; where no cluster is given, only if it applies on all. */
export function matchesCluster(
  match: Match,
  cluster: PolicyCluster | undefined,
): boolean {
  if (!cluster) return !choosesClusters(match);
  const { clusterSets, blueprints, clusters } = match;
  return (
    areAmong(clusterSets, cluster.clusterSets) &&
    areAmong(blueprints, cluster.blueprints) &&
    (clusters === undefined || matchesSelector(clusters, cluster.labels))
  );
}

function isAmong(
  names: readonly string[] | undefined,
  name: string | undefined,
): boolean {
  return names === undefined || (name !== undefined && names.includes(name));
}

function areAmong(
  names: readonly string[] | undefined,
  some: readonly string[],
): boolean {
  return names === undefined || some.some(name => names.includes(name));
}
