import type { EnvironmentSummary } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** The platform's environments, in the order of promotion. */
export function useEnvironments(): View<EnvironmentSummary[]> {
  const api = useCallboardApi();
  const query = askAt<EnvironmentSummary[]>(
    {
      queryKey: queryKeys.environments(),
      ask: options => api.listEnvironments(options),
    },
    useInstant(),
  );
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
