import type { SbomDocument } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Contents of the images of a release. Fetched once: a release never changes. */
export function sbomQuery(api: CallboardApi, app: string, release: number) {
  return queryOptions<SbomDocument>({
    queryKey: queryKeys.sbom(app, release),
    queryFn: ({ signal }) => api.readSbom(app, release, { signal }),
    staleTime: Infinity,
  });
}

export function useSbom(app: string, release: number): View<SbomDocument> {
  return viewOf(useQuery(sbomQuery(useCallboardApi(), app, release)));
}
