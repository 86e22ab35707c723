import type { Environment } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';

const MOST_PATTERN_CHARACTERS = 1_000;

/** Our name for `matches`. */
export const RE2_MATCHES = 'matchesRe2';

/** Calls whose pattern the engine compiles with the expression; that of `matches` it compiles at each evaluation. */
export const PATTERN_CALLS: ReadonlySet<string> = new Set(['find', 'findAll']);

/** Returns whether the text is a valid pattern; too long ones fail at evaluation. */
export function isPattern(pattern: string): boolean {
  if (pattern.length > MOST_PATTERN_CHARACTERS) return true;
  try {
    compile(pattern);
    return true;
  } catch {
    return false;
  }
}

/**
 * Registers regular expressions of RE2, which run in linear time: patterns come
 * from files of application teams and must not block the process. Replaces the
 * `matches` of the CEL library, which uses JavaScript's.
 */
export function registerRegex(environment: Environment): void {
  environment.registerFunction(`string.${RE2_MATCHES}(string): bool`, isMatch);
  environment.registerFunction(`${RE2_MATCHES}(string, string): bool`, isMatch);
  environment.registerFunction(
    'string.find(string): string',
    (text: string, pattern: string) => {
      const [first = ''] = findAll(text, pattern, 1);
      return first;
    },
  );
  environment.registerFunction(
    'string.findAll(string): list<string>',
    (text: string, pattern: string) => findAll(text, pattern, Infinity),
  );
  environment.registerFunction(
    'string.findAll(string, int): list<string>',
    (text: string, pattern: string, limit: bigint) =>
      findAll(text, pattern, limit < 0n ? Infinity : Number(limit)),
  );
}

function compile(pattern: string): RE2JS {
  if (pattern.length > MOST_PATTERN_CHARACTERS)
    throw new Error('the regular expression is too long');
  return RE2JS.compile(pattern);
}

function isMatch(text: string, pattern: string): boolean {
  return compile(pattern).matcher(text).find();
}

function findAll(text: string, pattern: string, limit: number): string[] {
  const matcher = compile(pattern).matcher(text);
  const found: string[] = [];
  while (found.length < limit && matcher.find())
    found.push(matcher.group() ?? '');
  return found;
}
