import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { queryOptions, useQuery } from '@tanstack/react-query';
import type { CallboardApi, JournalFilter } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** What changed, newest first. */
export function journalQuery(api: CallboardApi, filter: JournalFilter) {
  return queryOptions<JournalEntry[]>({
    queryKey: queryKeys.journal(filter),
    queryFn: ({ signal }) => api.listJournal(filter, { signal }),
  });
}

export function useJournal(filter: JournalFilter): View<JournalEntry[]> {
  return viewOf(
    useQuery({
      ...journalQuery(useCallboardApi(), filter),
      refetchInterval: usePollInterval(),
    }),
  );
}
