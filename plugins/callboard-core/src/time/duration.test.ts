import fc from 'fast-check';
import { formatDuration, parseDuration } from '.';

describe('durations', () => {
  it.each([
    { text: '5m', ms: 300_000 },
    { text: '1h30m', ms: 5_400_000 },
    { text: '1.5s', ms: 1_500 },
    { text: '250ms', ms: 250 },
    { text: '0s', ms: 0 },
    { text: '0', ms: 0 },
    { text: '1h1m1s1ms', ms: 3_661_001 },
    { text: '90m', ms: 5_400_000 },
    { text: '1m1h', ms: 3_660_000 },
  ])('$text is $ms ms', ({ text, ms }) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    '5',
    'm',
    '5 m',
    '-5m',
    '5d',
    '1h 30m',
    'x5m',
    '5mx',
    '5m.',
    '1..5s',
    `${'9'.repeat(400)}h`,
  ])('takes %p for no duration', text => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it.each([
    { ms: 5_400_000, text: '1h30m' },
    { ms: 0, text: '0s' },
    { ms: 300_000, text: '5m' },
    { ms: 1, text: '1ms' },
    { ms: -5, text: '0s' },
  ])('$ms ms is written $text', ({ ms, text }) => {
    expect(formatDuration(ms)).toBe(text);
  });

  it('reads what it writes', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 40), ms =>
        expect(parseDuration(formatDuration(ms))).toBe(ms),
      ),
    );
  });
});
