import {
  type TextRange,
  SHORTEST,
  SecretFinder,
  addRange,
} from './SecretFinder';

const SHORTEST_LINE = 8; // of a secret of several lines, such as a key in PEM
const MOST_LINES = 600; // of one secret: a bundle of certificates in 32 KB
const PAUSE_AFTER = 200_000; // characters written in every form, a few ms
const OF_EACH = 100; // characters written in the time of the fixed cost of a line
const PLAIN = /^[\w.-]*$/; // has the same form everywhere
const IN_BASE64 = /[A-Za-z0-9+/_-]{6}/; // encodes four bytes
const NOT_BASE64 = /[^A-Za-z0-9+/_-]/g;
/** Sequences within one base64 text: letters as addresses and JSON escape them, and line ends. */
const WITHIN_BASE64 = /%2b|%2f|\\\/|\r?\n/gi;
const LETTERS: Record<string, string> = { '%2b': '+', '%2f': '/', '\\/': '/' };

/**
 * Prepares a finder of known secrets, as they are and as programs encode them,
 * with the number of characters that it holds. Pauses so that other work has
 * its turn.
 */
export function* prepareFinder(
  secrets: readonly string[],
): Generator<void, { finder: SecretFinder; size: number }> {
  const known = new Set<string>();
  const forms: string[] = [];
  let size = 0;
  let written = 0;
  for (const secret of secrets)
    for (const text of [secret, ...linesOf(secret)]) {
      for (const form of formsOf(text)) {
        if (form.length < SHORTEST || known.has(form)) continue;
        known.add(form);
        forms.push(form);
        size += form.length;
      }
      written += text.length + OF_EACH;
      if (written < PAUSE_AFTER) continue;
      written = 0;
      yield;
    }
  const finder = yield* SecretFinder.prepare(forms);
  return { finder, size };
}

/** Returns where a text holds secrets: as they are, or in base64 alone or among other bytes. */
export function findSecrets(
  finder: SecretFinder,
  text: string,
  { isCut = false } = {},
): TextRange[] {
  const found = finder.findIn(text, { isCut });
  const { letters, places } = compactBase64(text);
  if (!IN_BASE64.test(letters)) return found;
  const filled = letters.replace(NOT_BASE64, 'A');
  // Four letters encode three bytes; the offset is not known.
  for (let shift = 0; shift < 4; shift += 1) {
    const bytes = Buffer.from(filled.slice(shift), 'base64').toString('latin1');
    for (const { start, end } of finder.findIn(bytes, { isCut }))
      found.push({
        start: places(shift + Math.floor((start * 4) / 3)),
        end: places(shift + Math.ceil((end * 4) / 3)),
      });
  }
  const apart: TextRange[] = [];
  for (const range of found.sort((a, b) => a.start - b.start))
    addRange(apart, range);
  return apart;
}

/**
 * Returns a text without the sequences that may be within base64, and the
 * original position of each of its characters.
 */
function compactBase64(text: string): {
  letters: string;
  places: (at: number) => number;
} {
  const gaps: Array<{ at: number; taken: number }> = [];
  let taken = 0;
  const letters = text.replace(WITHIN_BASE64, (part, offset: number) => {
    const letter = LETTERS[part.toLowerCase()] ?? '';
    taken += part.length - letter.length;
    gaps.push({ at: offset + part.length - taken, taken });
    return letter;
  });
  return { letters, places: at => at + takenBefore(gaps, at) };
}

function takenBefore(
  gaps: ReadonlyArray<{ at: number; taken: number }>,
  at: number,
): number {
  let low = 0;
  let high = gaps.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (gaps[middle].at <= at) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : gaps[low - 1].taken;
}

function linesOf(secret: string): string[] {
  const lines = secret.split(/\r?\n/);
  if (lines.length === 1) return [];
  return lines
    .filter(line => line.length >= SHORTEST_LINE)
    .sort((a, b) => b.length - a.length)
    .slice(0, MOST_LINES);
}

function formsOf(text: string): string[] {
  if (PLAIN.test(text)) return [text];
  const json = JSON.stringify(text).slice(1, -1);
  const address = encodeURIComponent(toWellFormed(text));
  return [
    text,
    json,
    JSON.stringify(json).slice(1, -1), // JSON within JSON
    json.replace(/[<>&\u2028\u2029]/g, toUnicodeEscape), // as Go writes it
    json.replace(/[\u0080-\uffff]/g, toUnicodeEscape), // as Python writes it
    text.replaceAll("'", "''"), // in YAML
    address,
    new URLSearchParams({ '': text }).toString().slice(1), // in a form body
    Buffer.from(text).toString('latin1'), // its bytes, as decoded from base64
  ];
}

function toUnicodeEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Half a pair of surrogates cannot be encoded in an address. */
function toWellFormed(text: string): string {
  return Buffer.from(text).toString('utf8');
}
