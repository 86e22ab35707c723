import { suggestName, shorten } from '@callboard/plugin-callboard-common';

/** Suggestion for an unknown name: the one that was probably meant, or a few known ones. */
interface NearestName {
  /** Suffix of the error: `; did you mean "host"?`, or empty. */
  hint: string;
  /** What to write. */
  next: string;
}

const MOST_NAMES = 20;

/**
 * Suggests the known name that is nearest to a misspelt one.
 *
 * @param write - formats a name as it is written in the file, without quotes
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
