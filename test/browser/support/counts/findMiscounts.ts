/**
 * A number as it is shown, and as it was counted: a text that holds it; a
 * pattern whose groups hold it; a pattern whose group is one of several; a
 * pattern whose groups hold it wherever it is shown, and that need not be shown.
 */
export type Count =
  | string
  | [shown: RegExp, ...counted: number[]]
  | { shown: RegExp; among: readonly number[] }
  | { shown: RegExp; are: readonly number[] };

export interface Counted {
  counts: Count[];
  /** Texts with digits that are names: of clusters, addresses, what people wrote. */
  names: string[];
}

/** Times and ages: they pass between an answer and a look at a page. */
const TIMES =
  /\d+(?:\.\d+)? (?:ms|s|min|h|hours|days?)\b|\b\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?|\b\d\d:\d\d(?::\d\d(?:\.\d{3})?)?(?: UTC)?/g;

/**
 * What is wrong with the numbers of a page: those that differ from what was
 * counted, those that were counted and are not there, and those that nobody
 * counted.
 *
 * @param text - of the page; what stands in another line or cell follows ` | `
 */
export function findMiscounts(
  text: string,
  { counts, names }: Counted,
): string[] {
  const faults: string[] = [];
  let rest = text;
  const texts = counts.filter(
    (count): count is string => typeof count === 'string',
  );
  for (const shown of longestFirst(texts)) {
    const pattern = wholly(shown);
    if (pattern.test(rest)) rest = rest.replace(pattern, '¦');
    else faults.push(`not shown: “${shown}”`);
  }
  // A word without a digit stays: a pattern may need it, as the environment that is called like a label's value.
  for (const name of longestFirst(names.filter(each => /\d/.test(each))))
    rest = rest.replace(wholly(name), '¦');
  for (const count of counts) {
    if (typeof count === 'string') continue;
    const shown = Array.isArray(count) ? count[0] : count.shown;
    const everywhere = new RegExp(shown, 'g');
    const found = [...rest.matchAll(everywhere)];
    const numbers = found.map(([, ...groups]) => groups.map(Number));
    const fault = judge(count, numbers);
    if (fault)
      faults.push(`${shown}: ${fault}; shown: ${found.map(([all]) => all)}`);
    rest = rest.replace(everywhere, '¦');
  }
  const left = rest.replace(TIMES, '¦').match(/[^|¦]*\d[^|¦]*/g) ?? [];
  return [...faults, ...left.map(each => `nobody counted “${each.trim()}”`)];
}

function judge(
  count: Exclude<Count, string>,
  shown: readonly number[][],
): string | undefined {
  if (Array.isArray(count)) {
    const counted = count.slice(1).join();
    return shown.length > 0 && shown.every(each => each.join() === counted)
      ? undefined
      : `${counted} is counted`;
  }
  const firsts = shown.map(([first]) => first);
  if ('among' in count) {
    return firsts.every(first => count.among.includes(first))
      ? undefined
      : `only ${count.among} are known`;
  }
  return shown.every(each => each.join() === count.are.join())
    ? undefined
    : `${count.are} is counted`;
}

/** A text that is no part of a longer word or number. */
function wholly(text: string): RegExp {
  const literal = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])${literal}(?![\\w-])`, 'g');
}

function longestFirst(texts: readonly string[]): string[] {
  return [...new Set(texts)]
    .filter(text => /[a-z|]/i.test(text)) // a bare number is no name
    .sort((a, b) => b.length - a.length || a.localeCompare(b));
}
