import type { Joining } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events/useCallboardApi';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Whether a cluster could be added now, and if not, why. */
export function joiningQuery(api: CallboardApi) {
  return queryOptions<Joining>({
    queryKey: queryKeys.joining(),
    queryFn: ({ signal }) => api.getJoining({ signal }),
  });
}

export function useJoining(): View<Joining> {
  return viewOf(useQuery(joiningQuery(useCallboardApi())));
}
