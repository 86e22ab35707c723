import type { History } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events/useCallboardApi';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Since when the past is known. It never changes, so it is asked once. */
export function historyQuery(api: CallboardApi) {
  return queryOptions<History>({
    queryKey: queryKeys.history(),
    queryFn: ({ signal }) => api.getHistory({ signal }),
    staleTime: Infinity,
  });
}

/** @param isAsked - asks nothing while false */
export function useHistory(isAsked = true): View<History> {
  const api = useCallboardApi();
  return viewOf(useQuery({ ...historyQuery(api), enabled: isAsked }));
}
