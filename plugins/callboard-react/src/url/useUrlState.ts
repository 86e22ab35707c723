import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * One piece of a view's state that a link carries: search, filter, tab. The
 * fallback leaves the address clean, and typing makes no history.
 */
export function useUrlState(
  key: string,
  fallback = '',
): [value: string, set: (value: string) => void] {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParams(
        current => {
          const next = new URLSearchParams(current);
          if (value === fallback) next.delete(key);
          else next.set(key, value);
          return next;
        },
        { replace: true },
      ),
    [setParams, key, fallback],
  );
  return [params.get(key) ?? fallback, set];
}
