import type { Environment } from '@marcbachmann/cel-js';
import { Duration, UnsignedInt } from '@marcbachmann/cel-js/evaluator';
import { parseGoDuration } from '../../time';
import { parseGoNumber, parseGoTime } from './goTexts';
import { textOf, textOfDuration, textOfTime } from './formatText';

const TIME = 'google.protobuf.Timestamp';
const DURATION = 'google.protobuf.Duration';
const MOST = 2n ** 63n - 1n;
const LEAST = -(2n ** 63n);
const MOST_UNSIGNED = 2n ** 64n - 1n;
const NANOS = 1_000_000_000n;

/** Our names for CEL's conversions; our library's own ones parse texts less strictly. */
export const CONVERSIONS: Record<string, string> = {
  int: 'asInt',
  uint: 'asUint',
  double: 'asDouble',
  string: 'asString',
  timestamp: 'asTimestamp',
  duration: 'asDuration',
};

/**
 * Registers the conversions of CEL, and the order of bytes.
 *
 * Source: google/cel-go common/stdlib/standard.go and common/types (0.26).
 */
export function registerConversions(environment: Environment): void {
  registerNumbers(environment);
  registerTexts(environment);
  registerTimes(environment);
  environment
    .registerOperator('bytes < bytes', (a, b) => compareBytes(a, b) < 0)
    .registerOperator('bytes <= bytes', (a, b) => compareBytes(a, b) <= 0)
    .registerOperator('bytes > bytes', (a, b) => compareBytes(a, b) > 0)
    .registerOperator('bytes >= bytes', (a, b) => compareBytes(a, b) >= 0);
}

function registerNumbers(environment: Environment): void {
  const add = environment.registerFunction.bind(environment);
  const { int, uint, double } = CONVERSIONS;
  add(`${int}(int): int`, same);
  add(`${int}(uint): int`, (value: UnsignedInt) => asInt(value.valueOf()));
  add(`${int}(double): int`, (value: number) => asInt(truncate(value)));
  add(`${int}(string): int`, (text: string) => {
    if (!/^[+-]?\d{1,1000}$/.test(text)) throw failure(text, 'int');
    return asInt(BigInt(text.replace('+', '')));
  });
  add(`${int}(${TIME}): int`, (time: Date) =>
    BigInt(Math.floor(time.getTime() / 1_000)),
  );
  add(`${int}(${DURATION}): int`, nanosOf);
  add(`${uint}(uint): uint`, same);
  add(`${uint}(int): uint`, asUint);
  add(`${uint}(double): uint`, (value: number) => {
    if (value < 0) throw failure(value, 'uint');
    return asUint(truncate(value));
  });
  add(`${uint}(string): uint`, (text: string) => {
    if (!/^\d{1,1000}$/.test(text)) throw failure(text, 'uint');
    return asUint(BigInt(text));
  });
  add(`${double}(double): double`, same);
  add(`${double}(int): double`, Number);
  add(`${double}(uint): double`, (value: UnsignedInt) =>
    Number(value.valueOf()),
  );
  add(`${double}(string): double`, (text: string) => {
    const value = parseGoNumber(text);
    if (value === undefined) throw failure(text, 'double');
    return value;
  });
}

function registerTexts(environment: Environment): void {
  const add = environment.registerFunction.bind(environment);
  const { string } = CONVERSIONS;
  for (const type of ['string', 'bool', 'int', 'uint'])
    add(`${string}(${type}): string`, textOf);
  add(`${string}(double): string`, textOfDouble);
  add(`${string}(bytes): string`, (bytes: Uint8Array) =>
    new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes),
  );
  add(`${string}(${TIME}): string`, textOfTime);
  add(`${string}(${DURATION}): string`, textOfDuration);
}

function registerTimes(environment: Environment): void {
  const add = environment.registerFunction.bind(environment);
  const { timestamp, duration } = CONVERSIONS;
  add(`${timestamp}(${TIME}): ${TIME}`, same);
  add(`${timestamp}(int): ${TIME}`, (seconds: bigint) =>
    known(parseGoTime(Number(seconds) * 1_000), 'timestamp'),
  );
  add(`${timestamp}(string): ${TIME}`, (text: string) =>
    known(parseGoTime(text), 'timestamp'),
  );
  add(`${duration}(${DURATION}): ${DURATION}`, same);
  add(`${duration}(int): ${DURATION}`, asDuration);
  add(`${duration}(string): ${DURATION}`, (text: string) =>
    asDuration(known(parseGoDuration(text), 'duration')),
  );
}

function same<T>(value: T): T {
  return value;
}

function failure(value: unknown, type: string): Error {
  return new Error(`type conversion error from ${textOf(value)} to ${type}`);
}

function known<T>(value: T | undefined, type: string): T {
  if (value === undefined) throw failure('this value', type);
  return value;
}

function truncate(value: number): bigint {
  if (!Number.isFinite(value)) throw failure(value, 'int');
  return BigInt(Math.trunc(value));
}

function asInt(value: bigint): bigint {
  if (value > MOST || value < LEAST) throw new Error('integer overflow');
  return value;
}

function asUint(value: bigint): UnsignedInt {
  if (value > MOST_UNSIGNED || value < 0n)
    throw new Error('unsigned integer overflow');
  return new UnsignedInt(value);
}

function nanosOf({ seconds, nanos }: Duration): bigint {
  return seconds * NANOS + BigInt(nanos);
}

function asDuration(nanos: bigint): Duration {
  return new Duration(nanos / NANOS, Number(nanos % NANOS));
}

/** With an exponent from a million on and below a ten-thousandth, as in the engine. */
function textOfDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-4 && size < 1e6)) return textOf(value);
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  if (at === -1 || at >= b.length) return a.length - b.length;
  return a[at] - b[at];
}
