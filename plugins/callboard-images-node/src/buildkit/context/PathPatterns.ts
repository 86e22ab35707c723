/** One element of a pattern: any number of things, or one that matches. */
type Token<T> = 'any' | ((thing: T) => boolean);

interface Pattern {
  isNegated: boolean;
  folders: ReadonlyArray<Token<string>>;
}

const MAX_PATTERNS = 1_000; // each is matched with each path of a build, on the event loop that also serves pages
const MAX_PATTERN_LENGTH = 1_000;

/**
 * Paths selected by the lines of a `.dockerignore`: later lines win, `!`
 * reverts a selection, a selected folder includes everything in it.
 *
 * @remarks Rules as in moby/patternmatcher: Go's `filepath.Match`, and `**` for
 *   any number of folders.
 */
export class PathPatterns {
  readonly #patterns: Pattern[];

  constructor(lines: readonly string[]) {
    this.#patterns = lines
      .slice(0, MAX_PATTERNS)
      .map(readPattern)
      .filter(pattern => pattern !== undefined);
  }

  get isEmpty(): boolean {
    return this.#patterns.length === 0;
  }

  has(path: string): boolean {
    const parts = path.split('/');
    const prefixes = parts.map((_, index) => parts.slice(0, index + 1));
    return this.#patterns.reduce(
      (isChosen, { isNegated, folders }) =>
        prefixes.some(prefix => matches(folders, prefix))
          ? !isNegated
          : isChosen,
      false,
    );
  }
}

function readPattern(line: string): Pattern | undefined {
  const text = line.trim();
  const isNegated = text.startsWith('!');
  const parts = text
    .slice(isNegated ? 1 : 0)
    .trim()
    .split('/')
    .filter(part => part !== '' && part !== '.');
  const isUsable =
    parts.length > 0 &&
    text.length <= MAX_PATTERN_LENGTH &&
    !parts.includes('..');
  return isUsable ? { isNegated, folders: readFolders(parts) } : undefined;
}

function readFolders(parts: readonly string[]): Token<string>[] {
  const folders = parts.map((part): Token<string> => {
    if (part === '**') return 'any';
    const letters = readName(part);
    return name => matches(letters, [...name]);
  });
  // `docs/**` matches everything in docs, not docs itself.
  return folders.at(-1) === 'any' ? [...folders, () => true] : folders;
}

function readName(part: string): Token<string>[] {
  const letters = [...part];
  const tokens: Token<string>[] = [];
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index];
    const end = letters.indexOf(']', index + 2);
    if (letter === '*') tokens.push('any');
    else if (letter === '?') tokens.push(() => true);
    else if (letter === '\\' && index + 1 < letters.length)
      tokens.push(is(letters[(index += 1)]));
    else if (letter === '[' && end > 0) {
      tokens.push(oneOf(letters.slice(index + 1, end)));
      index = end;
    } else tokens.push(is(letter));
  }
  return tokens;
}

function is(wanted: string): (letter: string) => boolean {
  return letter => letter === wanted;
}

/** Matches a letter class such as `[a-z_]` or `[^a-z]`. */
function oneOf(inside: readonly string[]): (letter: string) => boolean {
  const isNegated = inside[0] === '^';
  const ranges: Array<[from: string, to: string]> = [];
  for (let index = isNegated ? 1 : 0; index < inside.length; index += 1) {
    const isRange = inside[index + 1] === '-' && index + 2 < inside.length;
    ranges.push([inside[index], inside[isRange ? index + 2 : index]]);
    if (isRange) index += 2;
  }
  return letter =>
    ranges.some(([from, to]) => from <= letter && letter <= to) !== isNegated;
}

/**
 * Whether the tokens match all things. Backtracks to the last `any` only, which
 * is enough: the work is at most tokens times things.
 */
function matches<T>(
  tokens: ReadonlyArray<Token<T>>,
  things: readonly T[],
): boolean {
  let token = 0;
  let thing = 0;
  let retry: { token: number; thing: number } | undefined;
  while (thing < things.length) {
    const next = tokens.at(token);
    if (token < tokens.length && next === 'any') {
      retry = { token: token + 1, thing };
      token += 1;
    } else if (
      token < tokens.length &&
      typeof next === 'function' &&
      next(things[thing])
    ) {
      token += 1;
      thing += 1;
    } else if (retry) {
      retry = { token: retry.token, thing: retry.thing + 1 };
      ({ token, thing } = retry);
    } else return false;
  }
  return tokens.slice(token).every(each => each === 'any');
}
