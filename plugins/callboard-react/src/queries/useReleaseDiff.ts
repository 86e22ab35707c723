import type { ReleaseDiff } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Changes on clusters if one release replaced another. */
export function releaseDiffQuery(
  api: CallboardApi,
  of: Parameters<CallboardApi['diffReleases']>[0],
) {
  return queryOptions<ReleaseDiff>({
    queryKey: queryKeys.releaseDiff(of),
    queryFn: ({ signal }) => api.diffReleases(of, { signal }),
  });
}

export function useReleaseDiff(
  of: Parameters<CallboardApi['diffReleases']>[0],
): View<ReleaseDiff> {
  return viewOf(useQuery(releaseDiffQuery(useCallboardApi(), of)));
}
