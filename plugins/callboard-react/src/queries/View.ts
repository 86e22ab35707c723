import type { Problem } from '@callboard/plugin-callboard-common';
import type { UseQueryResult } from '@tanstack/react-query';
import { problemOfError } from '../api';

/** States of a page. One story per member. */
export type View<T> =
  | { kind: 'loading' }
  | {
      kind: 'failed';
      problem: Problem;
      retry: () => void;
      lastKnown?: LastKnown<T>;
    }
  | { kind: 'ready'; data: T };

/** Data from before requests began to fail, and the time when it was read. */
export interface LastKnown<T> {
  data: T;
  at: Date;
}

/** Converts a query to a view. Old data stays visible while new data is fetched. */
export function viewOf<T>(query: UseQueryResult<T, Error>): View<T> {
  if (query.error) {
    const failed = {
      kind: 'failed' as const,
      problem: problemOfError(query.error),
      retry: () => void query.refetch(),
    };
    return query.data === undefined
      ? failed
      : {
          ...failed,
          lastKnown: { data: query.data, at: new Date(query.dataUpdatedAt) },
        };
  }
  return query.data === undefined
    ? { kind: 'loading' }
    : { kind: 'ready', data: query.data };
}

/** Data that can be shown now, however old. */
export function dataOf<T>(view: View<T>): T | undefined {
  switch (view.kind) {
    case 'ready':
      return view.data;
    case 'failed':
      return view.lastKnown?.data;
    default:
      return undefined;
  }
}
