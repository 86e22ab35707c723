import { useNow } from '../time';
import { useInstant } from './InstantScope';

/** The instant that the page is of: the one it shows, or the present, ticking. Every age on a page is counted from it. */
export function useShownNow(): Date {
  const ticking = useNow();
  return useInstant() ?? ticking;
}
