import { useNow } from '../time';
import { useInstant } from './InstantScope';

/** The instant that the page shows: a past one, or the ticking present. Every age on a page is counted from it. */
export function useShownNow(): Date {
  const ticking = useNow();
  return useInstant() ?? ticking;
}
