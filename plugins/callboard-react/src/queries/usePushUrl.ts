import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Git address to push an app of this name to. */
export function pushUrlQuery(api: CallboardApi, app: string) {
  return queryOptions<string>({
    queryKey: queryKeys.pushUrl(app),
    queryFn: () => api.getPushUrl(app),
    staleTime: Infinity,
  });
}

export function usePushUrl(app: string): View<string> {
  return viewOf(useQuery(pushUrlQuery(useCallboardApi(), app)));
}
