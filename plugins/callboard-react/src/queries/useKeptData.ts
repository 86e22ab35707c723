import type { KeptData } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Data that an app left on clusters where it no longer runs. */
export function keptDataQuery(api: CallboardApi, app: string, at?: Date) {
  return askAt<KeptData[]>(
    {
      queryKey: queryKeys.keptData(app),
      ask: options => api.listKeptData(app, options),
    },
    at,
  );
}

export function useKeptData(app: string): View<KeptData[]> {
  const api = useCallboardApi();
  const query = keptDataQuery(api, app, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
