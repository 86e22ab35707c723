import type { BlueprintSummary } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Every version of every blueprint: by name, the newest version first. */
export function blueprintsQuery(api: CallboardApi, at?: Date) {
  return askAt<BlueprintSummary[]>(
    {
      queryKey: queryKeys.blueprints(),
      ask: options => api.listBlueprints(options),
    },
    at,
  );
}

export function useBlueprints(): View<BlueprintSummary[]> {
  const api = useCallboardApi();
  const query = blueprintsQuery(api, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
