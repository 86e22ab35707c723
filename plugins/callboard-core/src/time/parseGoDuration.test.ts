import { parseGoDuration } from './parseGoDuration';

describe('parseGoDuration', () => {
  it.each([
    ['0', 0n],
    ['-0', 0n],
    ['1ns', 1n],
    ['1us1µs1μs', 3_000n],
    ['52ms34ns', 52_000_034n],
    ['.5m', 30_000_000_000n],
    ['2.h', 7_200_000_000_000n],
    ['1h30m1.5s', 5_401_500_000_000n],
    ['-5m', -300_000_000_000n],
    ['+1s', 1_000_000_000n],
  ])('reads %s', (text, nanos) => {
    expect(parseGoDuration(text)).toBe(nanos);
  });

  it.each([
    '',
    '5',
    '-',
    '.s',
    '1d',
    '1H',
    '1 s',
    '5m5',
    '9999999h',
    `${'1s'.repeat(51)}`,
  ])('refuses %j', text => {
    expect(parseGoDuration(text)).toBeUndefined();
  });
});
