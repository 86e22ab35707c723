import type { ReleaseDetails } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** The releases of an app, newest first. */
export function releasesQuery(api: CallboardApi, app: string, at?: Date) {
  return askAt<ReleaseDetails[]>(
    {
      queryKey: queryKeys.releases(app),
      ask: options => api.listReleases(app, options),
    },
    at,
  );
}

export function useReleases(app: string): View<ReleaseDetails[]> {
  const api = useCallboardApi();
  const query = releasesQuery(api, app, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
