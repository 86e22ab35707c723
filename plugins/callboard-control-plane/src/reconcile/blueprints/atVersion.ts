import { blueprintOfCluster } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type ClusterRecord,
  findBlueprintTarget,
  findBlueprintsInUse,
  findDeployment,
} from '../../store';

/**
 * Returns a cluster whose file names the version of its blueprint that it shall
 * run now, so that every reader of the file uses that version. Unchanged where
 * the version is not known, or belongs to another blueprint.
 */
export function atVersion(
  cluster: ClusterRecord,
  running: { name: string; version?: number } | undefined,
): ClusterRecord {
  const named = blueprintOfCluster(cluster.file);
  if (!named || named.name !== running?.name || !running.version)
    return cluster;
  const blueprint = { name: named.name, version: running.version };
  return {
    ...cluster,
    file: { ...cluster.file, spec: { ...cluster.file.spec, blueprint } },
  };
}

/** The same for several clusters, from the database. */
export async function atVersions(
  knex: Knex,
  clusters: readonly ClusterRecord[],
): Promise<ClusterRecord[]> {
  if (clusters.length === 0) return [];
  const running = await findBlueprintsInUse(knex);
  return clusters.map(each => atVersion(each, running.get(each.name)));
}

/** The same for one cluster, from the database; a new cluster gets the version that the fleet was brought to. */
export async function atVersionToRun(
  knex: Knex,
  cluster: ClusterRecord,
): Promise<ClusterRecord> {
  const named = blueprintOfCluster(cluster.file);
  if (!named || named.version !== undefined) return cluster;
  const current = await findDeployment(knex, {
    kind: 'blueprint',
    cluster: cluster.name,
  });
  const version =
    current?.name === named.name && current.state.desiredRelease
      ? current.state.desiredRelease
      : await findBlueprintTarget(knex, named);
  return atVersion(cluster, { name: named.name, version });
}
