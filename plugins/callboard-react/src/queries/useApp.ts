import type { App } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** One app over all its environments and clusters. */
export function appQuery(api: CallboardApi, app: string) {
  return queryOptions<App>({
    queryKey: queryKeys.app(app),
    queryFn: ({ signal }) => api.getApp(app, { signal }),
  });
}

export function useApp(app: string): View<App> {
  return viewOf(
    useQuery({
      ...appQuery(useCallboardApi(), app),
      refetchInterval: usePollInterval(),
    }),
  );
}
