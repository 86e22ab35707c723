import type { ReleaseDetails } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** The releases of an app, newest first. */
export function releasesQuery(api: CallboardApi, app: string) {
  return queryOptions<ReleaseDetails[]>({
    queryKey: queryKeys.releases(app),
    queryFn: ({ signal }) => api.listReleases(app, { signal }),
  });
}

export function useReleases(app: string): View<ReleaseDetails[]> {
  return viewOf(
    useQuery({
      ...releasesQuery(useCallboardApi(), app),
      refetchInterval: usePollInterval(),
    }),
  );
}
