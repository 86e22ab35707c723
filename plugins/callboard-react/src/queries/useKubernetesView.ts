import type { KubernetesView } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi, DeploymentKey } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** The objects behind an app on one cluster. Fetched once, and again on demand. */
export function kubernetesViewQuery(
  api: CallboardApi,
  deployment: DeploymentKey,
) {
  return queryOptions<KubernetesView>({
    queryKey: queryKeys.kubernetes(deployment),
    queryFn: ({ signal }) => api.readKubernetesView(deployment, { signal }),
  });
}

export function useKubernetesView(
  deployment: DeploymentKey,
): View<KubernetesView> {
  return viewOf(useQuery(kubernetesViewQuery(useCallboardApi(), deployment)));
}
