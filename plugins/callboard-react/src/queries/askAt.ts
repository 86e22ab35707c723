import { queryOptions } from '@tanstack/react-query';
import type { ReadOptions } from '../api';

export interface Question<T> {
  /** Cache key of the answer about now. */
  queryKey: readonly unknown[];
  ask(options: ReadOptions): Promise<T>;
}

/** Query options for now, or for a past instant: its answer never changes and is fetched once. */
export function askAt<T>({ queryKey, ask }: Question<T>, at?: Date) {
  return queryOptions<T>({
    queryKey: at ? ['at', at.toISOString(), ...queryKey] : queryKey,
    queryFn: ({ signal }) => ask({ signal, ...(at && { at }) }),
    ...(at && { staleTime: Infinity }),
  });
}
