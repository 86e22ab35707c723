import { configApiRef, useApiHolder } from '@backstage/frontend-plugin-api';
import { useInstant } from '../instant';
import { useIsLive } from './useEventStream';

const LIVE_MS = 10_000; // keeps "seen 4 s ago" true: a contact with a cluster is not signalled as a change
const NOT_LIVE_MS = 2_000;

/**
 * How often visible data is refetched, beside the event stream. Nothing is
 * polled while the tab is hidden, and the past is fetched once.
 */
export function usePollInterval(): number | false {
  const config = useApiHolder().get(configApiRef);
  const isLive = useIsLive();
  const isPast = useInstant() !== undefined;
  if (isPast || config?.getOptionalBoolean('callboard.pages.poll') === false)
    return false;
  return isLive ? LIVE_MS : NOT_LIVE_MS;
}
