import { useCallback } from 'react';
import { useInstant } from '../instant';

/**
 * Returns a function that links to other views of the same page:
 * `?tab=logs&env=dev`. Links from a past instant keep it.
 */
export function useViewLink(): (values: Record<string, string>) => string {
  const at = useInstant();
  return useCallback(
    (values: Record<string, string>) => {
      const params = new URLSearchParams(values);
      if (at) params.set('at', at.toISOString());
      return `?${params}`;
    },
    [at],
  );
}
