/** A Kubernetes quantity, exact: `digits × 10^exponent × 1024^binary`. */
export interface Quantity {
  digits: bigint;
  exponent: number;
  binary: number;
}

const PATTERN =
  /^([+-]?)(\d*)(?:\.(\d*))?(?:([eE])([+-]?\d{1,3})|(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E)?)$/;
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Record<string, number> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};
const MOST = Number.MAX_VALUE; // larger values are not numbers any more
const MOST_CHARACTERS = 64; // far beyond any real amount; keeps the arithmetic small

/** Parses `500m`, `1.5Gi`, `12e3` or a plain number; undefined for text that Kubernetes would refuse. */
export function parseQuantity(text: unknown): Quantity | undefined {
  const source = typeof text === 'number' ? String(text) : text;
  if (typeof source !== 'string' || source.length > MOST_CHARACTERS)
    return undefined;
  const match = PATTERN.exec(source);
  if (!match) return undefined;
  const [, sign, whole, fraction = '', , scientific, suffix = ''] = match;
  if (whole === '' && fraction === '') return undefined;
  const digits = BigInt(`${whole}${fraction}`) * (sign === '-' ? -1n : 1n);
  const exponent =
    (scientific ? Number(scientific) : DECIMAL[suffix] ?? 0) - fraction.length;
  return { digits, exponent, binary: BINARY.indexOf(suffix) + 1 };
}

/** Returns the amount in units of `10^-places`, rounded up as in Kubernetes. */
export function scaleQuantity(
  { digits, exponent, binary }: Quantity,
  places: number,
): bigint {
  const scaled = digits * 1024n ** BigInt(binary);
  const shift = exponent + places;
  if (shift >= 0) return scaled * 10n ** BigInt(shift);
  const divisor = 10n ** BigInt(-shift);
  const whole = scaled / divisor;
  return scaled % divisor > 0n ? whole + 1n : whole;
}

/** Returns whole units, rounded up: `1500m` is 2. */
export function valueOf(quantity: Quantity): number {
  return Math.min(MOST, Number(scaleQuantity(quantity, 0)));
}

/** Returns thousandths, rounded up. */
export function milliValueOf(quantity: Quantity): number {
  return Math.min(MOST, Number(scaleQuantity(quantity, 3)));
}

/**
 * Returns whether apimachinery keeps the amount as a 64-bit integer and a power
 * of ten; larger and finer ones it keeps as decimals of nine places.
 *
 * Source: k8s.io/apimachinery pkg/api/resource ParseQuantity (0.34).
 */
export function isPlain({ digits, exponent, binary }: Quantity): boolean {
  const length = String(digits < 0n ? -digits : digits).length;
  return binary === 0
    ? length <= 18 && exponent >= -9
    : exponent === 0 && length + 3 * binary <= 14;
}

/**
 * Returns the amount in floating point, as `AsApproximateFloat64` of
 * apimachinery computes it: one multiplication by a power of ten.
 */
export function approximate(quantity: Quantity): number {
  if (!isPlain(quantity)) return Number(scaleQuantity(quantity, 9)) * 1e-9;
  const { digits, exponent, binary } = quantity;
  const base = Number(digits * 1024n ** BigInt(binary));
  return exponent === 0 ? base : base * Number(`1e${exponent}`);
}

/** The difference of two amounts, exact. */
export function subtract(a: Quantity, b: Quantity): Quantity {
  return add(a, { ...b, digits: -b.digits });
}

/** The sum of two amounts, exact. */
export function add(a: Quantity, b: Quantity): Quantity {
  const exponent = Math.min(a.exponent, b.exponent);
  const align = ({ digits, exponent: own, binary }: Quantity) =>
    digits * 1024n ** BigInt(binary) * 10n ** BigInt(own - exponent);
  return { digits: align(a) + align(b), exponent, binary: 0 };
}

/** Negative, zero or positive as `a` is less than, equal to or more than `b`. */
export function compareQuantities(a: Quantity, b: Quantity): number {
  const { digits } = subtract(a, b);
  if (digits === 0n) return 0;
  return digits < 0n ? -1 : 1;
}
