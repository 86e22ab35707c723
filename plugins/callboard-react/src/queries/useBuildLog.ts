import type { BuildLog } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

const BUILDING_MS = 1_500; // the output is stored every 2 s
const NO_LINES_MS = 3_000; // a build without an answer may have just begun

/** Output of the build of a revision; refetched while it runs. */
export function buildLogQuery(
  api: CallboardApi,
  of: { app: string; revision: string },
) {
  return queryOptions<BuildLog>({
    queryKey: queryKeys.buildLog(of),
    queryFn: ({ signal }) => api.readBuildLog(of, { signal }),
    refetchInterval: ({ state: { data, status } }) => {
      if (status === 'error') return NO_LINES_MS;
      return data === undefined || data.state === 'building'
        ? BUILDING_MS
        : false;
    },
  });
}

export function useBuildLog(of: {
  app: string;
  revision: string;
}): View<BuildLog> {
  return viewOf(useQuery(buildLogQuery(useCallboardApi(), of)));
}
