import type { PlacementAnswer } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** The clusters on which an app runs in an environment, with the reason for every other one. */
export function placementQuery(
  api: CallboardApi,
  app: string,
  environment: string,
  at?: Date,
) {
  return askAt<PlacementAnswer>(
    {
      queryKey: queryKeys.placement(app, environment),
      ask: options => api.getPlacement(app, environment, options),
    },
    at,
  );
}

export function usePlacement(
  app: string,
  environment: string,
): View<PlacementAnswer> {
  const api = useCallboardApi();
  const query = placementQuery(api, app, environment, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
