import type { AppUsage } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

const ASK_MS = 30_000; // clusters are measured once a minute

/** Resource usage of an app's instances. Nothing signals its changes, so it is polled while a page shows it. */
export function usageQuery(
  api: CallboardApi,
  app: string,
  environment: string,
) {
  return queryOptions<AppUsage>({
    queryKey: queryKeys.usage(app, environment),
    queryFn: ({ signal }) => api.getUsage(app, environment, { signal }),
    refetchInterval: ASK_MS,
  });
}

export function useUsage(app: string, environment: string): View<AppUsage> {
  return viewOf(useQuery(usageQuery(useCallboardApi(), app, environment)));
}
