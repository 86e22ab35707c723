import type { Environment } from '@marcbachmann/cel-js';
import { RE2JS } from 're2js';

const MOST_PATTERN_CHARACTERS = 1_000;

/** Our name for `matches`. */
const RE2_MATCHES = 'matchesRe2';

/**
 * Regular expressions as RE2 has them, in time linear in the text: patterns
 * come from files of application teams and must not be able to stall anything.
 * Replaces the `matches` of the CEL library, which is JavaScript's.
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

const TOKEN = /\/\/[^\n]*|[rRbB]{0,2}("""|'''|"|')|[A-Za-z_][A-Za-z0-9_]*/g;

/** The expression with every call of `matches` renamed to ours; texts and comments stay as they are. */
export function nameRegexCalls(source: string): string {
  let result = '';
  let from = 0;
  TOKEN.lastIndex = 0;
  for (
    let token = TOKEN.exec(source);
    token !== null;
    token = TOKEN.exec(source)
  ) {
    const [text, quote] = token;
    if (quote !== undefined) {
      TOKEN.lastIndex = endOfText(
        source,
        TOKEN.lastIndex,
        quote,
        /r/i.test(text),
      );
    } else if (
      text === 'matches' &&
      /^\s*\(/.test(source.slice(TOKEN.lastIndex))
    ) {
      result += source.slice(from, token.index) + RE2_MATCHES;
      from = TOKEN.lastIndex;
    }
  }
  return result + source.slice(from);
}

function endOfText(
  source: string,
  start: number,
  quote: string,
  isRaw: boolean,
): number {
  let at = start;
  while (at < source.length && !source.startsWith(quote, at)) {
    at += !isRaw && source[at] === '\\' ? 2 : 1;
  }
  return at + quote.length;
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
