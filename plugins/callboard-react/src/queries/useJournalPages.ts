import type {
  ItemList,
  JournalEntry,
} from '@callboard/plugin-callboard-common';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import type { CallboardApi, JournalFilter } from '../api';
import { useCallboardApi, usePollInterval } from '../events';
import { useInstant } from '../instant';
import { queryKeys } from './queryKeys';
import { type View, viewOf } from './View';

const POLLED_PAGES = 3; // readers of older pages look at the past; signals still refresh them

/** The journal, loaded page by page. */
export interface JournalPages {
  view: View<JournalEntry[]>;
  /** Loads the next older page; undefined when there is none. */
  readOlder?: () => void;
  isReadingOlder: boolean;
  /** The older page could not be loaded; the loaded pages stay. */
  hasFailedOlder: boolean;
}

export function journalPagesQuery(
  api: CallboardApi,
  filter: JournalFilter,
  at?: Date,
) {
  const key = queryKeys.journalPages(filter);
  return infiniteQueryOptions({
    queryKey: at ? ['at', at.toISOString(), ...key] : key,
    queryFn: ({ signal, pageParam }) =>
      api.readJournalPage(
        { ...filter, ...(pageParam !== undefined && { cursor: pageParam }) },
        { signal, ...(at && { at }) },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ItemList<JournalEntry>) => page.nextCursor,
    ...(at && { staleTime: Infinity }),
  });
}

/** Changes, newest first, page by page. */
export function useJournalPages(filter: JournalFilter): JournalPages {
  const api = useCallboardApi();
  const pollMs = usePollInterval();
  const query = useInfiniteQuery({
    ...journalPagesQuery(api, filter, useInstant()),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    refetchInterval: ({ state }) =>
      (state.data?.pages.length ?? 0) <= POLLED_PAGES && pollMs,
  });
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = query;
  const hasFailedOlder = query.isFetchNextPageError;
  return {
    view:
      hasFailedOlder && query.data
        ? { kind: 'ready', data: query.data }
        : viewOf(query),
    ...(hasNextPage && { readOlder: () => void fetchNextPage() }),
    isReadingOlder: isFetchingNextPage,
    hasFailedOlder,
  };
}
