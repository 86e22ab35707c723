import { queryOptions } from '@tanstack/react-query';
import type { ReadOptions } from '../api';

export interface Question<T> {
  /** Where the answer about now lies. */
  queryKey: readonly unknown[];
  ask(options: ReadOptions): Promise<T>;
}

/** A question about now, or about an instant that is over: then its answer never changes and is asked once. */
export function askAt<T>({ queryKey, ask }: Question<T>, at?: Date) {
  return queryOptions<T>({
    queryKey: at ? ['at', at.toISOString(), ...queryKey] : queryKey,
    queryFn: ({ signal }) => ask({ signal, ...(at && { at }) }),
    ...(at && { staleTime: Infinity }),
  });
}
