import {
  type BlueprintFile,
  blueprintOfCluster,
} from '@callboard/plugin-callboard-common';
import {
  followsVersion,
  groupByLabels,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type BlueprintRolloutRecord,
  type DeploymentRecord,
  findClusters,
  findDeployments,
  findHandLabels,
  withHandLabels,
} from '../../store';
import type { ClusterStatus } from '../fleet/clusterStatusOf';
import type { BlueprintObservation } from './decideBlueprintRollout';

/** Reads what a rollout of a version is decided by. */
export async function observeBlueprint(
  tx: Knex,
  of: Pick<BlueprintRolloutRecord, 'decisionGroups'>,
  {
    file,
    clusterStatusOf,
  }: {
    /** Of the version that the rollout is for. */
    file: BlueprintFile;
    clusterStatusOf(cluster: string): ClusterStatus;
  },
): Promise<BlueprintObservation> {
  const byHand = await findHandLabels(tx);
  const channels = new Map<string, string>();
  const followers = (await findClusters(tx)).flatMap(cluster => {
    const ref = blueprintOfCluster(cluster.file);
    if (!ref || !followsVersion(ref, file)) return [];
    channels.set(cluster.name, ref.channel ?? '');
    const { metadata, spec } = withHandLabels(
      cluster,
      byHand.get(cluster.name),
    ).file;
    return [
      {
        name: cluster.name,
        labels: metadata.labels ?? {},
        claims: spec.claims ?? {},
      },
    ];
  });
  const baselines = new Map<string, DeploymentRecord>();
  const apps = new Map<string, DeploymentRecord[]>();
  for (const each of await findDeployments(tx)) {
    const { cluster, kind } = each.key;
    if (kind === 'blueprint') baselines.set(cluster, each);
    else apps.set(cluster, [...(apps.get(cluster) ?? []), each]);
  }
  return {
    groups: groupByLabels(of.decisionGroups, followers),
    channels,
    baselines,
    apps,
    clusterStatusOf,
  };
}
