import {
  agreeWithFindings,
  shownHealth,
} from '@callboard/plugin-callboard-core';
import type { AppCluster } from '@callboard/plugin-callboard-common';
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
  const { freshness, observedAt, isReading } = picture.sightOf(cluster);
  const file = picture.clusters.get(cluster)?.file;
  const region = file?.metadata.labels?.region ?? file?.spec.claims?.region;
  const title = file?.metadata.title;
  const blueprint = file?.spec.blueprint;
  return {
    cluster,
    release: state.observedRelease ?? null,
    desiredRelease: state.desiredRelease ?? null,
    sync: freshness === 'live' ? state.sync : 'Unknown',
    health: shownHealth(
      agreeWithFindings(state.health, state.findings),
      freshness,
      observedAt,
      picture.now,
    ),
    freshness,
    observedAt: observedAt?.toISOString() ?? null,
    ...(isReading && { reading: true as const }),
    urls: state.urls,
    instances: state.instances,
    ...(state.serving && freshness === 'live' && { serving: state.serving }),
    ...(wantedCopies !== undefined &&
      state.desiredReplicas !== undefined && {
        copies: { here: state.desiredReplicas, of: wantedCopies },
      }),
    ...(region !== undefined && { region }),
    ...(title !== undefined && { title }),
    ...(blueprint !== undefined && { blueprint }),
  };
}
