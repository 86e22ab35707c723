import type { App } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** One app over all its environments and clusters. */
export function appQuery(api: CallboardApi, app: string, at?: Date) {
  return askAt<App>(
    {
      queryKey: queryKeys.app(app),
      ask: options => api.getApp(app, options),
    },
    at,
  );
}

export function useApp(app: string): View<App> {
  const api = useCallboardApi();
  const query = appQuery(api, app, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
