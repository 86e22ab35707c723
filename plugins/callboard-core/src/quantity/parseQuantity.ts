/**
 * An amount in billionths, so that `1.5Gi`, `100n` and `1e3` are all exact. Two
 * quantities are equal when their amounts are.
 */
export type Nanos = bigint;

const NANOS_PER_UNIT = 1_000_000_000n;
const PATTERN =
  /^([-+]?)(\d+(?:\.\d*)?|\.\d+)(?:([EPTGMk]|[EPTGMK]i|[munµ])|[eE]([-+]?\d{1,3}))?$/;

/** Powers of ten; fractions are handled by scaling the mantissa. */
const DECIMAL_EXPONENTS: Record<string, number> = {
  n: -9,
  u: -6,
  µ: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const BINARY_FACTORS: Record<string, bigint> = {
  Ki: 1024n,
  Mi: 1024n ** 2n,
  Gi: 1024n ** 3n,
  Ti: 1024n ** 4n,
  Pi: 1024n ** 5n,
  Ei: 1024n ** 6n,
};
const MAX_LENGTH = 40; // the largest amount of Kubernetes has 19 digits

/**
 * Parses a quantity of Kubernetes (`500m`, `128Mi`, `1.5`, `1e3`).
 *
 * @returns undefined where it is not a quantity; parts smaller than a billionth
 *   are rounded away from zero
 * @remarks Source: k8s.io/apimachinery pkg/api/resource, Quantity.
 */
export function parseQuantity(value: unknown): Nanos | undefined {
  const text =
    typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  if (typeof text !== 'string' || text.length > MAX_LENGTH) return undefined;
  const match = PATTERN.exec(text);
  if (!match) return undefined;
  const [, sign, mantissa, suffix, exponent] = match;
  const [whole, fraction = ''] = mantissa.split('.');
  const digits = BigInt(`${whole}${fraction}` || '0');
  const ten =
    (suffix ? DECIMAL_EXPONENTS[suffix] ?? 0 : Number(exponent ?? 0)) -
    fraction.length;
  const factor = (suffix ? BINARY_FACTORS[suffix] ?? 1n : 1n) * NANOS_PER_UNIT;
  const nanos =
    ten >= 0
      ? digits * factor * 10n ** BigInt(ten)
      : divideUp(digits * factor, 10n ** BigInt(-ten));
  return sign === '-' ? -nanos : nanos;
}

/** Returns whole units, rounded up as in Kubernetes: bytes of a memory quantity. */
export function toUnits(nanos: Nanos): number {
  return Number(divideUp(nanos, NANOS_PER_UNIT));
}

/** Returns thousandths, rounded up as in Kubernetes: millicores of a CPU quantity. */
export function toThousandths(nanos: Nanos): number {
  return Number(divideUp(nanos, 1_000_000n));
}

function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  if (value % by === 0n) return quotient;
  return value > 0n ? quotient + 1n : quotient;
}
