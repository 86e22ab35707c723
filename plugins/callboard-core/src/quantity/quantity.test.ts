import fc from 'fast-check';
import {
  formatCpu,
  formatMemory,
  parseCpu,
  parseMemory,
  parseQuantity,
} from '.';

const NANO = 1_000_000_000n;

describe('parseQuantity', () => {
  it.each([
    { text: '1', nanos: NANO },
    { text: '1000m', nanos: NANO },
    { text: '500m', nanos: NANO / 2n },
    { text: '0.5', nanos: NANO / 2n },
    { text: '.5', nanos: NANO / 2n },
    { text: '5.', nanos: 5n * NANO },
    { text: '1e3', nanos: 1000n * NANO },
    { text: '1E3', nanos: 1000n * NANO },
    { text: '1E', nanos: 10n ** 18n * NANO },
    { text: '1.5Gi', nanos: 1610612736n * NANO },
    { text: '128Mi', nanos: 134217728n * NANO },
    { text: '128M', nanos: 128000000n * NANO },
    { text: '1k', nanos: 1000n * NANO },
    { text: '100n', nanos: 100n },
    { text: '-1', nanos: -NANO },
    { text: '+1', nanos: NANO },
    { text: '0.1n', nanos: 1n },
    { text: '9Ei', nanos: 9n * 1024n ** 6n * NANO },
  ])('$text', ({ text, nanos }) => {
    expect(parseQuantity(text)).toBe(nanos);
  });

  it.each([
    '',
    '.',
    'm',
    '1K',
    '1 ',
    '1.2.3',
    '0x10',
    '1kk',
    'NaN',
    '1e',
    '1e9999',
    '9'.repeat(50),
    null,
    {},
    NaN,
  ])('takes %p for no quantity', value => {
    expect(parseQuantity(value)).toBeUndefined();
  });

  it('reads numbers as YAML gives them', () => {
    expect(parseQuantity(2)).toBe(2n * NANO);
    expect(parseQuantity(0.1)).toBe(NANO / 10n);
  });
});

describe('CPU and memory', () => {
  it.each([
    { millicores: 500, text: '500m' },
    { millicores: 1000, text: '1' },
    { millicores: 1500, text: '1500m' },
    { millicores: 0, text: '0' },
  ])('$text of CPU', ({ millicores, text }) => {
    expect(formatCpu(millicores)).toBe(text);
    expect(parseCpu(text)).toBe(millicores);
  });

  it.each([
    { bytes: 134217728, text: '128Mi' },
    { bytes: 128000000, text: '128M' },
    { bytes: 1024, text: '1Ki' },
    { bytes: 1000, text: '1k' },
    { bytes: 1001, text: '1001' },
    { bytes: 0, text: '0' },
    { bytes: 2 * 1024 ** 4, text: '2Ti' },
  ])('$text of memory', ({ bytes, text }) => {
    expect(formatMemory(bytes)).toBe(text);
    expect(parseMemory(text)).toBe(bytes);
  });

  it('rounds up what is less than the smallest part', () => {
    expect(parseCpu('0.0001')).toBe(1);
    expect(parseMemory('100m')).toBe(1);
  });

  it('reads what it writes, exactly', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.maxSafeNat(), (millicores, bytes) => {
        expect(parseCpu(formatCpu(millicores))).toBe(millicores);
        expect(parseMemory(formatMemory(bytes))).toBe(bytes);
      }),
    );
  });

  it('finds the same amount in every spelling', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), n => {
        expect(parseQuantity(`${n}`)).toBe(parseQuantity(`${n}000m`));
        expect(parseQuantity(`${n}Mi`)).toBe(parseQuantity(`${n * 1024}Ki`));
        expect(parseQuantity(`${n}e3`)).toBe(parseQuantity(`${n}k`));
      }),
    );
  });
});
