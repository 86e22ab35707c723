import { type QueryClient } from '@tanstack/react-query';
import {
  type ReactNode,
  useCallback,
  useMemo,
  useSyncExternalStore,
} from 'react';
import { LostScope } from '../parts/LostScope';
import { lastAnswerBeforeLoss } from './lastAnswerBeforeLoss';

/** Everything inside knows since when the portal does not answer. */
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
