import type { PlaygroundIsolation } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Isolation of pushed code in the playground. Determined when the portal starts, so it does not change. */
export function playgroundIsolationQuery(api: CallboardApi) {
  return queryOptions<PlaygroundIsolation>({
    queryKey: queryKeys.playgroundIsolation(),
    queryFn: ({ signal }) => api.getPlaygroundIsolation({ signal }),
    staleTime: Infinity,
  });
}

export function usePlaygroundIsolation(): View<PlaygroundIsolation> {
  return viewOf(useQuery(playgroundIsolationQuery(useCallboardApi())));
}
