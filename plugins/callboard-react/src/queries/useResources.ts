import type { ResourceView } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Resources that the release of an environment requests beside its workloads. */
export function resourcesQuery(
  api: CallboardApi,
  app: string,
  environment: string,
) {
  return queryOptions<ResourceView[]>({
    queryKey: queryKeys.resources(app, environment),
    queryFn: ({ signal }) => api.listResources(app, environment, { signal }),
  });
}

export function useResources(
  app: string,
  environment: string,
): View<ResourceView[]> {
  const query = resourcesQuery(useCallboardApi(), app, environment);
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
