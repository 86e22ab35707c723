import type { Environment } from '@marcbachmann/cel-js';
import {
  add as addQuantities,
  approximate,
  compareQuantities,
  isPlain,
  parseQuantity,
  type Quantity,
  scaleQuantity,
  subtract,
} from '../../placement/quantity';

/** A quantity in an expression; opaque, so that only the functions here accept it. */
class CelQuantity {
  readonly amount: Quantity;

  constructor(amount: Quantity) {
    this.amount = amount;
  }
}

const MOST = 2n ** 63n - 1n;

const ZERO: Quantity = { digits: 0n, exponent: 0, binary: 0 };

/**
 * Registers quantities. Source: kubernetes/kubernetes
 * staging/src/k8s.io/apiserver/pkg/cel/library/quantity.go (1.36).
 */
export function registerQuantities(environment: Environment): void {
  environment.registerType('Quantity', { ctor: CelQuantity, fields: {} });
  const add = environment.registerFunction.bind(environment);
  add(
    'quantity(string): Quantity',
    (text: string) => new CelQuantity(read(text)),
  );
  add('isQuantity(string): bool', (text: string) => find(text) !== undefined);
  add('sign(Quantity): int', ({ amount }: CelQuantity) =>
    BigInt(compareQuantities(amount, ZERO)),
  );
  add(
    'Quantity.isGreaterThan(Quantity): bool',
    (a: CelQuantity, b: CelQuantity) => compare(a, b) > 0,
  );
  add(
    'Quantity.isLessThan(Quantity): bool',
    (a: CelQuantity, b: CelQuantity) => compare(a, b) < 0,
  );
  add('Quantity.compareTo(Quantity): int', (a: CelQuantity, b: CelQuantity) =>
    BigInt(compare(a, b)),
  );
  add('Quantity.isInteger(): bool', ({ amount }: CelQuantity) =>
    isInteger(amount),
  );
  add('Quantity.asInteger(): int', ({ amount }: CelQuantity) =>
    asInteger(amount),
  );
  add('Quantity.asApproximateFloat(): double', ({ amount }: CelQuantity) =>
    approximate(amount),
  );
  add(
    'Quantity.add(Quantity): Quantity',
    (a: CelQuantity, b: CelQuantity) =>
      new CelQuantity(addQuantities(a.amount, b.amount)),
  );
  add(
    'Quantity.sub(Quantity): Quantity',
    (a: CelQuantity, b: CelQuantity) =>
      new CelQuantity(subtract(a.amount, b.amount)),
  );
  add(
    'Quantity.add(int): Quantity',
    (a: CelQuantity, b: bigint) =>
      new CelQuantity(
        addQuantities(a.amount, { digits: b, exponent: 0, binary: 0 }),
      ),
  );
  add(
    'Quantity.sub(int): Quantity',
    (a: CelQuantity, b: bigint) =>
      new CelQuantity(
        addQuantities(a.amount, { digits: -b, exponent: 0, binary: 0 }),
      ),
  );
  environment.registerOperator(
    'Quantity == Quantity',
    (a: CelQuantity, b: CelQuantity) => compare(a, b) === 0,
  );
}

/** A unit or an exponent alone is zero. */
function find(text: string): Quantity | undefined {
  return (
    parseQuantity(text) ?? (text === '' ? undefined : parseQuantity(`0${text}`))
  );
}

function read(text: string): Quantity {
  const quantity = find(text);
  if (quantity === undefined) throw new Error(`"${text}" is not a quantity`);
  return quantity;
}

function compare(a: CelQuantity, b: CelQuantity): number {
  return compareQuantities(a.amount, b.amount);
}

/** The engine calls an amount integer if it keeps it without decimals: `1.0` and `1000m` are not. */
function isInteger(amount: Quantity): boolean {
  const whole = scaleQuantity(amount, 0);
  return (
    isPlain(amount) && amount.exponent >= 0 && whole <= MOST && whole >= -MOST
  );
}

function asInteger(amount: Quantity): bigint {
  if (!isInteger(amount)) throw new Error('cannot convert value to integer');
  return scaleQuantity(amount, 0);
}
