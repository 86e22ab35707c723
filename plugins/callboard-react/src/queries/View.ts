import type { Problem } from '@callboard/plugin-callboard-common';
import type { UseQueryResult } from '@tanstack/react-query';
import { problemOfError } from '../api';

/** What a page can be in. One story per member. */
export type View<T> =
  | { kind: 'loading' }
  | {
      kind: 'failed';
      problem: Problem;
      retry: () => void;
      lastKnown?: LastKnown<T>;
    }
  | { kind: 'ready'; data: T };

/** What was known before asking began to fail, and when it was learnt. */
export interface LastKnown<T> {
  data: T;
  at: Date;
}

/** Reads a query as a view. Old data stays in sight while new data is on its way. */
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

/** What can be shown now, however old. */
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
