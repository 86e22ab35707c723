import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Returns a function that shows a past instant, or now. Each call adds an entry to the browser's history. */
export function useSetInstant(): (at: Date | undefined) => void {
  const [, setParams] = useSearchParams();
  return useCallback(
    (at: Date | undefined) =>
      setParams(current => {
        const next = new URLSearchParams(current);
        if (at) next.set('at', at.toISOString());
        else next.delete('at');
        return next;
      }),
    [setParams],
  );
}
