import type { App } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Every app the reader may see. */
export function appsQuery(api: CallboardApi) {
  return queryOptions<App[]>({
    queryKey: queryKeys.apps(),
    queryFn: ({ signal }) => api.listApps({ signal }),
  });
}

export function useApps(): View<App[]> {
  return viewOf(
    useQuery({
      ...appsQuery(useCallboardApi()),
      refetchInterval: usePollInterval(),
    }),
  );
}
