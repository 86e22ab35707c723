import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { compareText } from '../../placement/selectors';

/** One piece of a format: a text, or a verb that takes the next argument. */
export type Clause =
  | { kind: 'text'; text: string }
  | { kind: 'argument'; verb: Verb; precision: number };

export type Verb = 's' | 'd' | 'f' | 'e' | 'b' | 'x' | 'X' | 'o';

const CLAUSE = /%%|%(?:\.(\d+))?([sdfebxXo])|%|[^%]+/g;
const MOST_PLACES = 100; // limit of JavaScript; no fact about a cluster is as precise

/** Parses a format into its pieces. Throws where there is a `%` without a verb. */
export function parseFormat(format: string): Clause[] {
  return [...format.matchAll(CLAUSE)].map(([piece, places = '6', verb]) => {
    if (piece === '%%') return { kind: 'text', text: '%' };
    if (piece === '%') throw new Error('unrecognized formatting clause');
    if (verb === undefined) return { kind: 'text', text: piece };
    const precision = Number(places);
    if (precision > MOST_PLACES)
      throw new Error(`a precision of ${places} places is too much`);
    return { kind: 'argument', verb: verb as Verb, precision };
  });
}

/**
 * Formats the arguments; more arguments than verbs are no error.
 *
 * Source: google/cel-go ext/formatting_v2.go (0.26).
 */
export function formatText(format: string, values: readonly unknown[]): string {
  let next = 0;
  return parseFormat(format)
    .map(clause => {
      if (clause.kind === 'text') return clause.text;
      if (next >= values.length) throw new Error(`index ${next} out of range`);
      next += 1;
      return formatOne(clause, values[next - 1]);
    })
    .join('');
}

function formatOne(
  { verb, precision }: Clause & { kind: 'argument' },
  value: unknown,
): string {
  switch (verb) {
    case 's':
      return textOf(value);
    case 'd':
      return isNumber(value) ? textOf(value) : refuse(verb);
    case 'f':
    case 'e':
      return inPlaces(verb, value, precision);
    case 'b':
      return typeof value === 'boolean'
        ? String(Number(value))
        : wholeOf(value, verb).toString(2);
    case 'o':
      return wholeOf(value, verb).toString(8);
    case 'x':
      return inHex(value);
    default:
      return inHex(value).toUpperCase();
  }
}

function refuse(verb: Verb): never {
  throw new Error(`%${verb} cannot be used on this value`);
}

function isNumber(value: unknown): boolean {
  return (
    typeof value === 'bigint' ||
    typeof value === 'number' ||
    value instanceof UnsignedInt
  );
}

/** Accepts bytes of another realm too. */
function isBytes(value: unknown): value is Uint8Array {
  return ArrayBuffer.isView(value);
}

function wholeOf(value: unknown, verb: Verb): bigint {
  if (typeof value === 'bigint') return value;
  if (value instanceof UnsignedInt) return value.valueOf();
  return refuse(verb);
}

function inPlaces(verb: 'f' | 'e', value: unknown, places: number): string {
  if (typeof value !== 'number') return asGoWould(verb, value, places);
  if (!Number.isFinite(value)) return textOf(value);
  if (verb === 'f') return value.toFixed(places);
  return value.toExponential(places).replace(/e([+-])(\d)$/, 'e$10$2');
}

/** The engine formats whole numbers with Go verbs that only accept fractions, and writes that error into the text. */
function asGoWould(verb: 'f' | 'e', value: unknown, places: number): string {
  const whole = wholeOf(value, verb);
  const type = typeof value === 'bigint' ? 'int64' : 'uint64';
  const digits = String(whole < 0n ? -whole : whole).padStart(places, '0');
  return `%!${verb}(${type}=${whole < 0n ? '-' : ''}${digits})`;
}

function inHex(value: unknown): string {
  if (typeof value === 'string') return inHex(new TextEncoder().encode(value));
  if (isBytes(value)) {
    return Array.from(value, byte => byte.toString(16).padStart(2, '0')).join(
      '',
    );
  }
  return wholeOf(value, 'x').toString(16);
}

/** Returns a value as `%s` and `string()` write it. */
export function textOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return plainDecimal(value);
    case 'bigint':
    case 'boolean':
      return String(value);
    default:
      return value === null ? 'null' : textOfObject(value as object);
  }
}

function textOfObject(value: object): string {
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (value instanceof UnsignedInt) return String(value);
  if (isBytes(value)) return new TextDecoder().decode(value);
  if (value instanceof Date) return textOfTime(value);
  if (value instanceof Duration) return textOfDuration(value);
  if (value instanceof Map) return textOfEntries([...value]);
  if (value.constructor === Object) return textOfEntries(Object.entries(value));
  const type = /^Type<(.+)>$/.exec(String(value))?.[1];
  return type ?? refuse('s');
}

function textOfEntries(entries: Array<[unknown, unknown]>): string {
  const pairs = entries
    .map(([key, value]) => ({ key: textOf(key), value: textOf(value) }))
    .sort((a, b) => compareText(a.key, b.key));
  return `{${pairs.map(({ key, value }) => `${key}: ${value}`).join(', ')}}`;
}

/** RFC 3339 without trailing zeros in a fraction. */
export function textOfTime(time: Date): string {
  return time.toISOString().replace(/\.000Z$|0{1,2}Z$/, 'Z');
}

/** Seconds with their fraction: `90.5s`. */
export function textOfDuration({ seconds, nanos }: Duration): string {
  return `${plainDecimal(Number(seconds) + nanos / 1e9)}s`;
}

/** Writes a number without exponent, however large or small. */
function plainDecimal(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'Infinity' : '-Infinity';
  if (Object.is(value, -0)) return '-0';
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(value));
  if (!match) return String(value);
  const [, sign, whole, fraction = '', exponent] = match;
  const digits = whole + fraction;
  const point = Number(exponent) + 1;
  return point > 0
    ? `${sign}${digits.padEnd(point, '0')}`
    : `${sign}0.${'0'.repeat(-point)}${digits}`;
}
