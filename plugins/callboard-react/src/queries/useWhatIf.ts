import type {
  WhatIfChange,
  WhatIfReport,
} from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi } from '../api';
import { useCallboardApi } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Simulates changes of the fleet for all apps. Refetched when anything in the fleet changes. */
export function whatIfQuery(
  api: CallboardApi,
  changes: readonly WhatIfChange[],
) {
  return queryOptions<WhatIfReport>({
    queryKey: queryKeys.whatIf(changes),
    queryFn: ({ signal }) =>
      api.askWhatIf({ changes: [...changes] }, { signal }),
  });
}

/**
 * @param changes - the assumed changes; nothing is fetched while it is empty
 */
export function useWhatIf(
  changes: readonly WhatIfChange[],
): View<WhatIfReport> {
  return viewOf(
    useQuery({
      ...whatIfQuery(useCallboardApi(), changes),
      enabled: changes.length > 0,
    }),
  );
}
