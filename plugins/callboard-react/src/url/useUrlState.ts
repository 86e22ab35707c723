import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * The part of a view's state that a link carries: search, filter, tab. Values
 * equal to their fallback are omitted from the address, and typing adds no
 * history entries.
 *
 * @param fallbacks - every key with its value when the address has none; keep
 *   it outside of the component
 * @returns the values, and a way to change some of them at once (two changes in
 *   a row would lose the first)
 */
export function useUrlState<T extends Record<string, string>>(
  fallbacks: T,
): [values: T, change: (values: Partial<T>) => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (values: Partial<T>) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          for (const [key, value] of Object.entries(values)) {
            if (value === undefined || value === fallbacks[key])
              next.delete(key);
            else next.set(key, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setParams, fallbacks],
  );
  const values = Object.fromEntries(
    Object.entries(fallbacks).map(([key, fallback]) => [
      key,
      params.get(key) ?? fallback,
    ]),
  );
  return [values as T, change];
}
