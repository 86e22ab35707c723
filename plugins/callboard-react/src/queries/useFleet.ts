import type { FleetSummary } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** How the fleet is in one sentence. */
export function fleetQuery(api: CallboardApi) {
  return queryOptions<FleetSummary>({
    queryKey: queryKeys.fleet(),
    queryFn: ({ signal }) => api.getFleet({ signal }),
  });
}

export function useFleet(): View<FleetSummary> {
  return viewOf(
    useQuery({
      ...fleetQuery(useCallboardApi()),
      refetchInterval: usePollInterval(),
    }),
  );
}
