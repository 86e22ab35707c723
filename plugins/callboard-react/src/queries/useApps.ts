import type { App } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Every app that the reader may see. */
export function appsQuery(api: CallboardApi, at?: Date) {
  return askAt<App[]>(
    {
      queryKey: queryKeys.apps(),
      ask: options => api.listApps(options),
    },
    at,
  );
}

export function useApps(): View<App[]> {
  const api = useCallboardApi();
  const query = appsQuery(api, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
