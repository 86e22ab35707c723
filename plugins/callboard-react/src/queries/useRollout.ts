import type { RolloutAnswer } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Progress of a release over the clusters of an environment, wave by wave. */
export function rolloutQuery(
  api: CallboardApi,
  app: string,
  environment: string,
  at?: Date,
) {
  return askAt<RolloutAnswer>(
    {
      queryKey: queryKeys.rollout(app, environment),
      ask: options => api.getRollout(app, environment, options),
    },
    at,
  );
}

export function useRollout(
  app: string,
  environment: string,
): View<RolloutAnswer> {
  const api = useCallboardApi();
  const query = rolloutQuery(api, app, environment, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
