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
  type UnwellApp,
  findBaselines,
  findClusters,
  findHandLabels,
  findUnwellApps,
  withHandLabels,
} from '../../store';
import type { ClusterStatus } from '../fleet/clusterStatusOf';
import type { BlueprintObservation } from './decideBlueprintRollout';

/** Reads the observation on which the rollout of a version is decided. */
export async function observeBlueprint(
  tx: Knex,
  of: Pick<BlueprintRolloutRecord, 'decisionGroups'>,
  {
    file,
    clusterStatusOf,
  }: {
    /** The file of the rollout's version. */
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
  const unwell = new Map<string, UnwellApp[]>();
  for (const each of await findUnwellApps(tx))
    unwell.set(each.cluster, [...(unwell.get(each.cluster) ?? []), each]);
  return {
    groups: groupByLabels(of.decisionGroups, followers),
    channels,
    baselines: new Map(
      (await findBaselines(tx)).map(each => [each.key.cluster, each]),
    ),
    unwell,
    clusterStatusOf,
  };
}
