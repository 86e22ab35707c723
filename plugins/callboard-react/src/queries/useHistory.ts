import type { History } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events/useCallboardApi';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Start of the recorded history. It never changes, so it is fetched once. */
export function historyQuery(api: CallboardApi) {
  return queryOptions<History>({
    queryKey: queryKeys.history(),
    queryFn: ({ signal }) => api.getHistory({ signal }),
    staleTime: Infinity,
  });
}

/**
 * @param isAsked - nothing is fetched while false
 */
export function useHistory(isAsked = true): View<History> {
  const api = useCallboardApi();
  return viewOf(useQuery({ ...historyQuery(api), enabled: isAsked }));
}

/** The gap in the recorded history around an instant; undefined when there is none, or when the portal cannot tell. */
export function useGapAt(at: Date | undefined): History['gap'] {
  const api = useCallboardApi();
  const { data } = useQuery({
    ...askAt<History>(
      {
        queryKey: queryKeys.history(),
        ask: options => api.getHistory(options),
      },
      at,
    ),
    enabled: at !== undefined,
  });
  return data?.gap;
}
