const NUMBER =
  /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?$/;
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const TIME =
  /^(\d{4}-\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:\d{2})$/;

const MOST_CHARACTERS = 1_000; // longer texts are not facts, and cost disproportionate time
const FIRST_YEAR = Date.parse('0001-01-01T00:00:00Z');
const LAST_YEAR = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Parses the decimal numbers of Go's `strconv.ParseFloat`; undefined for text
 * that it refuses, and for hexadecimal numbers.
 */
export function parseGoNumber(text: string): number | undefined {
  if (/^[+-]?nan$/i.test(text)) return /^n/i.test(text) ? NaN : undefined;
  const infinite = INFINITE.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  if (text.length > MOST_CHARACTERS || !NUMBER.test(text)) return undefined;
  const value = Number(text.replace(/_/g, ''));
  return Number.isFinite(value) ? value : undefined;
}

/** Returns the instant of an RFC 3339 text or of milliseconds since 1970, in the years 1 to 9999. */
export function parseGoTime(source: string | number): Date | undefined {
  const time = new Date(
    typeof source === 'number' ? source : millisecondsOf(source),
  );
  const isKnown = time.getTime() >= FIRST_YEAR && time.getTime() <= LAST_YEAR;
  return isKnown ? time : undefined;
}

function millisecondsOf(text: string): number {
  const match = TIME.exec(text);
  if (!match) return NaN;
  const [, month, day] = match;
  const [year, index] = month.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, index, 0)).getUTCDate();
  return Number(day) <= lastDay ? Date.parse(text.replace(',', '.')) : NaN;
}
