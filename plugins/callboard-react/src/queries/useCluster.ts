import type { Cluster } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** One cluster: its apps, its blueprint, and the freshness of its data. */
export function clusterQuery(api: CallboardApi, cluster: string, at?: Date) {
  return askAt<Cluster>(
    {
      queryKey: queryKeys.cluster(cluster),
      ask: options => api.getCluster(cluster, options),
    },
    at,
  );
}

export function useCluster(cluster: string): View<Cluster> {
  const api = useCallboardApi();
  const query = clusterQuery(api, cluster, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
