import { CONVERSIONS } from './libraries/conversions';
import { RE2_MATCHES } from './libraries/regex';

/** Calls that our library evaluates otherwise than the engine, with our names for them. */
const RENAMED: Record<string, string> = {
  ...CONVERSIONS,
  matches: RE2_MATCHES,
};
const ORIGINAL = Object.fromEntries(
  Object.entries(RENAMED).map(([name, ours]) => [ours, name]),
);
const WORD = /[A-Za-z_][A-Za-z0-9_]*/g;

const TOKEN =
  /\/\/[^\n]*|[rRbB]{0,2}("""|'''|"|')|[A-Za-z_][A-Za-z0-9_]*|(?<!\d)\d+\.\d+|\.\d/g;

/**
 * Returns the expression as our library reads it: calls that we implement are
 * renamed, and numbers that begin with their point get a zero. String literals
 * and comments are not changed.
 */
export function prepareSource(source: string): string {
  let result = '';
  let from = 0;
  TOKEN.lastIndex = 0;
  for (
    let token = TOKEN.exec(source);
    token !== null;
    token = TOKEN.exec(source)
  ) {
    const [text, quote] = token;
    const end = TOKEN.lastIndex;
    if (quote !== undefined) {
      TOKEN.lastIndex = endOfText(source, end, quote, /r/i.test(text));
      continue;
    }
    const replacement = replaceToken(
      text,
      source.slice(end),
      source[token.index - 1],
    );
    if (replacement === text) continue;
    result += source.slice(from, token.index) + replacement;
    from = end;
  }
  return result + source.slice(from);
}

function replaceToken(text: string, rest: string, before = ''): string {
  if (text.startsWith('.')) return /[\w)\]}]/.test(before) ? text : `0${text}`;
  const isCall = Object.hasOwn(RENAMED, text) && /^\s*\(/.test(rest);
  return isCall ? RENAMED[text] : text;
}

/** Returns an error of our library with the names of the expression. */
export function restoreNames(message: string): string {
  return message.replace(WORD, word => ORIGINAL[word] ?? word);
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
