import { type QueryClient } from '@tanstack/react-query';
import {
  type ReactNode,
  useCallback,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { LostScope } from '../parts/LostScope';
import { lastAnswerBeforeLoss } from './lastAnswerBeforeLoss';

/** Provides the time of the last answer to everything inside while the portal does not answer. */
export function ConnectionScope({
  client,
  children,
}: {
  client: QueryClient;
  children: ReactNode;
}): JSX.Element {
  const lostAt = useSyncExternalStore(
    useCallback(
      onChange => client.getQueryCache().subscribe(onChange),
      [client],
    ),
    () => lastAnswerBeforeLoss(client),
  );
  const since = useMemo(
    () => (lostAt === undefined ? undefined : new Date(lostAt)),
    [lostAt],
  );
  return <LostScope since={since}>{children}</LostScope>;
}
