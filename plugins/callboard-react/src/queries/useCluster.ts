import type { Cluster } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** One cluster: what it runs, its blueprint, how well we know it. */
export function clusterQuery(api: CallboardApi, cluster: string) {
  return queryOptions<Cluster>({
    queryKey: queryKeys.cluster(cluster),
    queryFn: ({ signal }) => api.getCluster(cluster, { signal }),
  });
}

export function useCluster(cluster: string): View<Cluster> {
  return viewOf(
    useQuery({
      ...clusterQuery(useCallboardApi(), cluster),
      refetchInterval: usePollInterval(),
    }),
  );
}
