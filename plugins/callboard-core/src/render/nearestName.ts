import { suggestName, shorten } from '@callboard/plugin-callboard-common';

/** What is said of a name that is none of those that are known: the one that was meant, or a few of them. */
interface NearestName {
  /** Behind what is wrong: `; did you mean "host"?`, or nothing. */
  hint: string;
  /** What to write. */
  next: string;
}

const MOST_NAMES = 20;

/**
 * The known name that is nearest to a misspelt one.
 *
 * @param write - puts a name into the form in which it is written, quotes aside
 */
export function nearestName(
  name: string,
  known: readonly string[],
  write: (name: string) => string = shorten,
): NearestName {
  const meant = suggestName(name, known);
  if (meant !== undefined)
    return {
      hint: `; did you mean "${write(meant)}"?`,
      next: `Write "${write(meant)}"`,
    };
  const some = known.slice(0, MOST_NAMES).map(each => `"${write(each)}"`);
  return {
    hint: '',
    next: `Use one of ${some.join(', ')}${
      known.length > MOST_NAMES ? ', …' : ''
    }`,
  };
}
