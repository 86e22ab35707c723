import { useNow } from '../time';
import { useInstant } from './InstantScope';

/**
 * Returns the sentence of a page: the API's, unless it says how long contact
 * has been lost. Then it is made from the page's own clock, like every age
 * beside it, so that both agree until the next answer.
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
