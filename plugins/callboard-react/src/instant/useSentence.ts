import { useNow } from '../time';
import { useInstant } from './InstantScope';

/**
 * The sentence of a page: as the API says it, unless it tells how long something
 * is silent. Then it is made on the page's own clock, as every age beside it, so
 * that both agree while the page waits for the next answer.
 */
export function useSentence(
  said: string,
  {
    isSilent,
    describe,
  }: { isSilent: boolean; describe: (now: Date) => string },
): string {
  const now = useNow();
  const isPast = useInstant() !== undefined;
  return isSilent && !isPast ? describe(now) : said;
}
