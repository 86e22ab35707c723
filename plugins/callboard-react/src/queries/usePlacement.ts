import type { PlacementAnswer } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** On which clusters an app runs in an environment and why nowhere else. */
export function placementQuery(
  api: CallboardApi,
  app: string,
  environment: string,
) {
  return queryOptions<PlacementAnswer>({
    queryKey: queryKeys.placement(app, environment),
    queryFn: ({ signal }) => api.getPlacement(app, environment, { signal }),
  });
}

export function usePlacement(
  app: string,
  environment: string,
): View<PlacementAnswer> {
  const query = placementQuery(useCallboardApi(), app, environment);
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
