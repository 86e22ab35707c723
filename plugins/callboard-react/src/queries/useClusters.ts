import type { Cluster } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Every cluster of the fleet. */
export function clustersQuery(api: CallboardApi, at?: Date) {
  return askAt<Cluster[]>(
    {
      queryKey: queryKeys.clusters(),
      ask: options => api.listClusters(options),
    },
    at,
  );
}

export function useClusters(): View<Cluster[]> {
  const api = useCallboardApi();
  const query = clustersQuery(api, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
