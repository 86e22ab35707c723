import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';

export interface Draft<T> {
  draft: T;
  change(draft: T): void;
  /** Deletes the draft: the next use starts over. */
  forget(): void;
}

/**
 * State of a form. It outlives the page for a few minutes, but not the window:
 * a portal remounts its pages when a screen is rotated or a window made narrow,
 * and input must not be lost.
 *
 * @param name - of the form, the same for all users
 */
export function useDraft<T>(name: string, begin: () => T): Draft<T> {
  const client = useQueryClient();
  const [draft, change] = useState<T>(
    () => client.getQueryData<T>(['draft', name]) ?? begin(),
  );
  useEffect(() => {
    client.setQueryData(['draft', name], draft);
  }, [client, name, draft]);
  const forget = useCallback(
    () => client.removeQueries({ queryKey: ['draft', name] }),
    [client, name],
  );
  return { draft, change, forget };
}
