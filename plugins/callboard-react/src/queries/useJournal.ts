import type { JournalEntry } from '@callboard/plugin-callboard-common';
import { useQuery } from '@tanstack/react-query';
import type { CallboardApi, JournalFilter } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { askAt } from './askAt';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

/** Changes, newest first. */
export function journalQuery(
  api: CallboardApi,
  filter: JournalFilter,
  at?: Date,
) {
  return askAt<JournalEntry[]>(
    {
      queryKey: queryKeys.journal(filter),
      ask: async options => (await api.readJournalPage(filter, options)).items,
    },
    at,
  );
}

export function useJournal(filter: JournalFilter): View<JournalEntry[]> {
  const api = useCallboardApi();
  const query = journalQuery(api, filter, useInstant());
  return viewOf(useQuery({ ...query, refetchInterval: usePollInterval() }));
}
