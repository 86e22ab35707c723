import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** Goes to an instant of the past, or back to now. Each is a step in the history of the browser. */
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
