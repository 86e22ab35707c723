/** Meaning of an unquoted YAML scalar. `date` keeps its text: the caller decides whether dates are allowed. */
export type PlainScalar =
  | { kind: 'value'; value: string | number | boolean | null }
  | { kind: 'date'; text: string }
  | { kind: 'unrepresentable'; because: string };

const NULLS = new Set(['', '~', 'null', 'Null', 'NULL']);
const TRUES = new Set(['true', 'True', 'TRUE']);
const FALSES = new Set(['false', 'False', 'FALSE']);
const NOT_FINITE = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const STARTS_LIKE_A_NUMBER = /^[-+.0-9]/;
const DECIMAL = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const WHOLE =
  /^([-+]?)(?:0[bB]([01]+)|0[oO]?([0-7]+)|0[xX]([0-9a-fA-F]+)|([1-9][0-9]*|0))$/;
const LONGEST = 400; // in characters
const LARGEST = 2n ** 64n - 1n; // integers up to this are exact in Go; larger ones are rounded
const SMALLEST = -(2n ** 63n);
const DATE =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d+)?(?:Z|[-+]\d{2}:\d{2})| \d{1,2}:\d{1,2}:\d{1,2}(?:[.,]\d+)?)?$/;

/**
 * Resolves an unquoted scalar as the YAML parser of Go tools does, so that a
 * file means the same here: `yes` is text, `0x50` is 80, `0o17` and `017` are
 * 15, `1_000` is 1000, `2026-01-31` is a date, `1e999` is text.
 *
 * Source: gopkg.in/yaml.v3, resolve.
 *
 * @param tolerant - round a number too large instead of refusing it
 */
export function resolvePlainScalar(
  text: string,
  { tolerant = false }: { tolerant?: boolean } = {},
): PlainScalar {
  if (NULLS.has(text)) return { kind: 'value', value: null };
  if (TRUES.has(text)) return { kind: 'value', value: true };
  if (FALSES.has(text)) return { kind: 'value', value: false };
  // People write no longer numbers, and they are slow to parse.
  if (!STARTS_LIKE_A_NUMBER.test(text) || text.length > LONGEST)
    return { kind: 'value', value: text };
  if (NOT_FINITE.test(text))
    return { kind: 'unrepresentable', because: 'it is not a finite number' };
  if (isDate(text)) return { kind: 'date', text };
  const number = readNumber(text, tolerant);
  if (number === 'inexact') {
    return {
      kind: 'unrepresentable',
      because: 'the number is too large to be kept exactly',
    };
  }
  return { kind: 'value', value: number ?? text };
}

/** Returns whether a number is written as an integer: `80`, not `80.0`. */
export function isWrittenWhole(text: string): boolean {
  return WHOLE.test(text.replaceAll('_', ''));
}

/** Returns whether the date and the time exist; `2026-02-30` is text. */
function isDate(text: string): boolean {
  const match = DATE.exec(text);
  if (!match) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(2000, month - 1, day));
  date.setUTCFullYear(year, month - 1, day);
  const [hours, minutes, seconds] = /(?<!\d)(\d{1,2}):(\d{1,2}):(\d{1,2})/
    .exec(text)
    ?.slice(1)
    .map(Number) ?? [0, 0, 0];
  const [zoneHours, zoneMinutes] = /[-+](\d{2}):(\d{2})$/
    .exec(text)
    ?.slice(1)
    .map(Number) ?? [0, 0];
  return (
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    hours < 24 &&
    minutes < 60 &&
    seconds < 60 &&
    zoneHours <= 24 &&
    zoneMinutes < 60
  );
}

function readNumber(
  text: string,
  tolerant: boolean,
): number | 'inexact' | undefined {
  // Underscores are removed except in a number that begins with a dot, as in Go.
  const plain = text.startsWith('.') ? text : text.replaceAll('_', '');
  const whole = WHOLE.exec(plain);
  if (whole) {
    const size = sizeOf(whole);
    const signed = whole[1] === '-' ? -size : size;
    if (signed >= SMALLEST && signed <= LARGEST) {
      const number = Number(signed);
      return Number.isSafeInteger(number) || tolerant ? number : 'inexact';
    }
  }
  if (!DECIMAL.test(plain)) return undefined;
  // Adding zero turns -0 into 0, as JSON has no negative zero.
  const number = Number(plain) + 0;
  return Number.isFinite(number) ? number : undefined;
}

function sizeOf([, , binary, octal, hex, decimal]: RegExpExecArray): bigint {
  if (binary !== undefined) return BigInt(`0b${binary}`);
  if (octal !== undefined) return BigInt(`0o${octal}`);
  return BigInt(hex === undefined ? decimal : `0x${hex}`);
}
