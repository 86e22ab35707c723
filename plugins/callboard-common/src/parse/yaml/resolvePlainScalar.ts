/** What an unquoted YAML scalar stands for. `date` keeps its text: whether it may be a date is up to the reader. */
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
const OTHER_BASE = /^([-+]?)0(?:b([01]+)|o?([0-7]+)|[xX]([0-9a-fA-F]+))$/;
const DATE =
  /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt]\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?(?:Z|[-+]\d{2}:\d{2})| \d{1,2}:\d{1,2}:\d{1,2}(?:\.\d+)?)?$/;

/**
 * Reads an unquoted scalar as the YAML reader of Go tools does, so that a file
 * means here what it means to them: `yes` is text, `0x50` is 80, `0o17` and
 * `017` are 15, `1_000` is 1000, `2026-01-31` is a date.
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
  if (!STARTS_LIKE_A_NUMBER.test(text)) return { kind: 'value', value: text };
  if (NOT_FINITE.test(text))
    return { kind: 'unrepresentable', because: 'it is not a finite number' };
  if (DATE.test(text)) return { kind: 'date', text };
  const number = readNumber(text.replaceAll('_', ''));
  if (number === undefined) return { kind: 'value', value: text };
  const isInexact = Number.isInteger(number) && !Number.isSafeInteger(number);
  if (!Number.isFinite(number) || (isInexact && !tolerant)) {
    return {
      kind: 'unrepresentable',
      because: 'the number is too large to be kept exactly',
    };
  }
  return { kind: 'value', value: number };
}

function readNumber(text: string): number | undefined {
  const other = OTHER_BASE.exec(text);
  if (other) {
    const [, sign, binary, octal, hex] = other;
    const size = parseInt(binary ?? octal ?? hex, baseOf(binary, octal));
    return sign === '-' && size !== 0 ? -size : size;
  }
  // Adding zero makes -0 plain zero, as JSON has no other.
  return DECIMAL.test(text) ? Number(text) + 0 : undefined;
}

function baseOf(binary: string | undefined, octal: string | undefined): number {
  if (binary !== undefined) return 2;
  return octal === undefined ? 16 : 8;
}
