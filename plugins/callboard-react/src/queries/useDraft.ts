import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';

export interface Draft<T> {
  draft: T;
  change(draft: T): void;
  /** Starts again next time. */
  forget(): void;
}

/**
 * What somebody is filling in. It outlives the page for a few minutes, but not
 * the window: a portal draws its pages again when a screen is turned or a window
 * made narrow, and nobody shall type twice.
 *
 * @param name - of the form, the same for everybody who fills it in
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
