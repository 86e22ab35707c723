import type { Cluster } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Every cluster of the fleet. */
export function clustersQuery(api: CallboardApi) {
  return queryOptions<Cluster[]>({
    queryKey: queryKeys.clusters(),
    queryFn: ({ signal }) => api.listClusters({ signal }),
  });
}

export function useClusters(): View<Cluster[]> {
  return viewOf(
    useQuery({
      ...clustersQuery(useCallboardApi()),
      refetchInterval: usePollInterval(),
    }),
  );
}
