import type { KeptData } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

function dataOfDeletedAppsQuery(api: CallboardApi, at?: Date) {
  return askAt<KeptData[]>(
    {
      queryKey: queryKeys.dataOfDeletedApps(),
      ask: options => api.listDataOfDeletedApps(options),
    },
    at,
  );
}

/** Data of deleted apps. */
export function useDataOfDeletedApps(): View<KeptData[]> {
  const api = useCallboardApi();
  const query = dataOfDeletedAppsQuery(api, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
