import type { LogView } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi, DeploymentKey } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

const FOLLOW_MS = 3_000; // the one question that reaches a cluster: often enough to follow, seldom enough not to hurt

/** The last lines an app wrote on one cluster. */
export function logsQuery(api: CallboardApi, deployment: DeploymentKey) {
  return queryOptions<LogView>({
    queryKey: queryKeys.logs(deployment),
    queryFn: ({ signal }) => api.readLogs(deployment, { signal }),
  });
}

export function useLogs(deployment: DeploymentKey): View<LogView> {
  return viewOf(
    useQuery({
      ...logsQuery(useCallboardApi(), deployment),
      refetchInterval: FOLLOW_MS,
    }),
  );
}
