import {
  isPlain,
  parseQuantity,
  type Quantity,
  scaleQuantity,
} from './parseQuantity';

const DECIMAL_SUFFIXES = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
const BINARY_SUFFIXES = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const NANOS = 1_000_000_000n;
const MOST_NANOS = (2n ** 63n - 1n) * NANOS;

type Format = 'decimal' | 'exponent' | 'binary';

/**
 * Returns an amount in Kubernetes' canonical form: `8000m` is `8`, `2048Ki` is
 * `2Mi`, `1.5Gi` is `1536Mi`. Undefined where the value is not a quantity.
 *
 * Source: k8s.io/apimachinery pkg/api/resource ParseQuantity and
 * CanonicalizeBytes (0.32).
 */
export function canonicalQuantity(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : value;
  const quantity = parseQuantity(text);
  if (quantity === undefined) return undefined;
  const source = String(text);
  const format = formatOf(source);
  if (isPlain(quantity) && isKept(source, quantity, format)) return source;
  const isNegative = quantity.digits < 0n;
  const exact = scaleQuantity(
    { ...quantity, digits: isNegative ? -quantity.digits : quantity.digits },
    9,
  );
  if (exact === 0n) return '0';
  const nanos = format === 'binary' && exact > MOST_NANOS ? MOST_NANOS : exact;
  const isWhole = nanos % NANOS === 0n && nanos >= 1024n * NANOS;
  const spelling =
    format === 'binary' && isWhole
      ? writeBinary(nanos / NANOS)
      : writeDecimal(nanos, format);
  return spelling && `${isNegative ? '-' : ''}${spelling}`;
}

function formatOf(text: string): Format {
  if (text.endsWith('i')) return 'binary';
  return /[eE][+-]?\d+$/.test(text) ? 'exponent' : 'decimal';
}

/** Kubernetes keeps a text that it considers canonical, including `1.500`. */
function isKept(
  text: string,
  { digits, exponent }: Quantity,
  format: Format,
): boolean {
  if (format === 'binary') return digits % 8n !== 0n;
  const [number] = /[\d.]+/.exec(text) ?? [''];
  const [whole, fraction = ''] = number.split('.');
  const kept = `${whole.replace(/^0+/, '') || (fraction && '0')}${fraction}`;
  return (
    digits !== 0n &&
    exponent % 3 === 0 &&
    !kept.endsWith('000') &&
    !kept.startsWith('0')
  );
}

function writeBinary(amount: bigint): string {
  let rest = amount;
  let power = 0;
  while (rest >= 1024n && rest % 1024n === 0n) {
    rest /= 1024n;
    power += 1;
  }
  return `${rest}${BINARY_SUFFIXES[power]}`;
}

/** Writes the fewest digits with an exponent that is a multiple of three. */
function writeDecimal(nanos: bigint, format: Format): string | undefined {
  let rest = nanos;
  let exponent = -9;
  while (rest % 1000n === 0n) {
    rest /= 1000n;
    exponent += 3;
  }
  if (format === 'exponent')
    return exponent === 0 ? String(rest) : `${rest}e${exponent}`;
  const suffix = DECIMAL_SUFFIXES[exponent / 3 + 3];
  return suffix === undefined ? undefined : `${rest}${suffix}`;
}
