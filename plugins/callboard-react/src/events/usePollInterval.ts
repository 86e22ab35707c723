import { configApiRef, useApiHolder } from '@backstage/frontend-plugin-api';
import { useInstant } from '../instant';
import { useIsLive } from './useEventStream';

const LIVE_MS = 10_000; // keeps "seen 4 s ago" true: that a cluster was seen again is no change
const NOT_LIVE_MS = 2_000;

/** How often what is on the screen is asked again, beside the event stream. Nothing is asked while the tab is hidden, and the past is asked once. */
export function usePollInterval(): number | false {
  const config = useApiHolder().get(configApiRef);
  const isLive = useIsLive();
  const isPast = useInstant() !== undefined;
  if (isPast || config?.getOptionalBoolean('callboard.pages.poll') === false)
    return false;
  return isLive ? LIVE_MS : NOT_LIVE_MS;
}
