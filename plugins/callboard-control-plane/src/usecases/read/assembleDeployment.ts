import { shownHealth } from '@callboard/plugin-callboard-core';
import type { AppCluster } from '@callboard/plugin-callboard-common';
import { DEFAULT_BLUEPRINT } from '../../reconcile/placing/clusterFacts';
import type { DeploymentRecord } from '../../store';
import type { Picture } from './Picture';

/** One app in one environment on one cluster, as it may be shown: too old is Unknown. */
export function assembleDeployment(
  { key, state }: DeploymentRecord,
  picture: Picture,
  /** Of all that are divided over the clusters. */
  wantedCopies?: number,
): AppCluster {
  const { cluster } = key;
  const { freshness, observedAt } = picture.sightOf(cluster);
  const file = picture.clusters.get(cluster)?.file;
  const region = file?.metadata.labels?.region ?? file?.spec.claims?.region;
  const title = file?.metadata.title;
  return {
    cluster,
    release: state.observedRelease ?? null,
    desiredRelease: state.desiredRelease ?? null,
    sync: freshness === 'live' ? state.sync : 'Unknown',
    health: shownHealth(state.health, freshness, observedAt, picture.now),
    freshness,
    observedAt: observedAt?.toISOString() ?? null,
    urls: state.urls,
    instances: state.instances,
    ...(wantedCopies !== undefined &&
      state.desiredReplicas !== undefined && {
        copies: { here: state.desiredReplicas, of: wantedCopies },
      }),
    ...(region !== undefined && { region }),
    ...(title !== undefined && { title }),
    ...(file && { blueprint: file.spec.blueprint ?? DEFAULT_BLUEPRINT }),
  };
}
