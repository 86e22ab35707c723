import { useApiHolder } from '@backstage/frontend-plugin-api';
import { signalApiRef } from '@backstage/plugin-signals-react';
import { useInstant } from '../instant';

const WITH_SIGNALS_MS = 10_000; // keeps "seen 4 s ago" true while nothing changes, and heals a stream that broke
const WITHOUT_SIGNALS_MS = 3_000;

/** How often what is on the screen is asked again, beside the event stream. Nothing is asked while the tab is hidden, and the past is asked once. */
export function usePollInterval(): number | false {
  const hasSignals = useApiHolder().get(signalApiRef) !== undefined;
  const isPast = useInstant() !== undefined;
  if (isPast) return false;
  return hasSignals ? WITH_SIGNALS_MS : WITHOUT_SIGNALS_MS;
}
