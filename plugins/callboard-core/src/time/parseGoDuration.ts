const UNITS: Record<string, bigint> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};
const DURATION =
  /^([+-]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;
const PART = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/gy;

const MOST_NANOS = 2n ** 63n - 1n;
const MOST_CHARACTERS = 100; // longer texts are not durations

/**
 * Parses the nanoseconds of Go's `time.ParseDuration`, with signs, fractions
 * and every unit; undefined for text that it refuses. For fields that engines
 * read; people's input is parsed by {@link parseDuration}.
 */
export function parseGoDuration(text: string): bigint | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  if (/^[+-]?0$/.test(text)) return 0n;
  const match = DURATION.exec(text);
  if (!match) return undefined;
  let nanos = 0n;
  for (const [, whole, fraction = '', unit] of match[2].matchAll(PART)) {
    const scale = 10n ** BigInt(fraction.length);
    nanos += (BigInt(`0${whole}${fraction}`) * UNITS[unit]) / scale;
  }
  if (nanos > MOST_NANOS) return undefined;
  return match[1] === '-' ? -nanos : nanos;
}
