import {
  add,
  approximate,
  compareQuantities,
  isPlain,
  milliValueOf,
  parseQuantity,
  subtract,
  valueOf,
} from '.';

describe('quantities', () => {
  it.each<[unknown, number, number]>([
    ['1', 1, 1000],
    ['1500m', 2, 1500],
    ['0.5', 1, 500],
    ['.5', 1, 500],
    ['5.', 5, 5000],
    ['1Ki', 1024, 1024000],
    ['1.5Gi', 1610612736, 1610612736000],
    ['2k', 2000, 2000000],
    ['1e3', 1000, 1000000],
    ['1E3', 1000, 1000000],
    ['2E', 2e18, 2e21],
    ['100u', 1, 1],
    ['1n', 1, 1],
    ['-1', -1, -1000],
    ['-1500m', -1, -1500],
    ['+3', 3, 3000],
    [4, 4, 4000],
  ])('%s is %d whole units and %d thousandths', (text, value, milli) => {
    const quantity = parseQuantity(text)!;
    expect([valueOf(quantity), milliValueOf(quantity)]).toEqual([value, milli]);
  });

  it.each([
    undefined,
    null,
    '',
    '.',
    'm',
    '1X',
    '1 Gi',
    '1e',
    '1e9999',
    'x'.repeat(65),
    {},
  ])('%p is none', text => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('reads no more than an amount can be long', () => {
    expect(parseQuantity(`${'0'.repeat(63)}1`)).toBeDefined();
    expect(parseQuantity(`${'0'.repeat(64)}1`)).toBeUndefined();
    expect(parseQuantity('5.')).toEqual(parseQuantity('5'));
    expect(parseQuantity('-1.5')).toEqual({
      digits: -15n,
      exponent: -1,
      binary: 0,
    });
    expect(parseQuantity([1])).toBeUndefined();
  });

  it.each<[string, boolean]>([
    ['999999999999999999', true],
    ['-999999999999999999', true],
    ['1000000000000000000', false],
    ['0.000000001', true],
    ['0.0000000001', false],
    ['99999999999Ki', true],
    ['-99999999999Ki', true],
    ['100000000000Ki', false],
    ['1.5Ki', false],
    ['1Ti', true],
  ])('%s is kept as a whole number: %s', (text, expected) => {
    expect(isPlain(parseQuantity(text)!)).toBe(expected);
  });

  it.each<[string, number]>([
    ['0', 0],
    ['-3', -3],
    ['7e2', 700],
    ['3920m', 3920 * 1e-3],
    ['1.5Ki', 1536],
    ['1000000000000000000', 1e27 * 1e-9],
  ])('%s is about %d', (text, expected) => {
    expect(approximate(parseQuantity(text)!)).toBe(expected);
  });

  it('adds, subtracts and compares exactly, and approximates as Go does', () => {
    const [gi, milli] = [parseQuantity('1Gi')!, parseQuantity('1m')!];
    expect(milliValueOf(add(gi, milli))).toBe(1073741824001);
    expect(milliValueOf(subtract(gi, milli))).toBe(1073741823999);
    expect(compareQuantities(gi, milli)).toBe(1);
    expect(compareQuantities(milli, gi)).toBe(-1);
    expect(compareQuantities(gi, gi)).toBe(0);
    expect(approximate(parseQuantity('3920m')!)).toBe(3920 * 1e-3);
    expect(approximate(gi)).toBe(1073741824);
  });
});
