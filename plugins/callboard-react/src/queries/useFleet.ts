import type { FleetSummary } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** State of the fleet in one sentence. */
export function fleetQuery(api: CallboardApi, at?: Date) {
  return askAt<FleetSummary>(
    {
      queryKey: queryKeys.fleet(),
      ask: options => api.getFleet(options),
    },
    at,
  );
}

export function useFleet(): View<FleetSummary> {
  const api = useCallboardApi();
  const query = fleetQuery(api, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
