import {
  countOf,
  describeAmount,
  describeBytes,
  describeCpu,
  describeDuration,
  describeElapsed,
  describeInstant,
  describeSilence,
  describeTimeLeft,
  describeTwoAmounts,
  listOf,
  partOf,
} from '.';

const GIB = 1024 ** 3;

describe('amounts for people', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [1024, '1 KiB'],
    [1.2 * GIB, '1.2 GiB'],
    [16 * GIB, '16 GiB'],
    [99.94 * GIB, '99.9 GiB'],
    [161.3 * GIB, '161 GiB'],
    [1023.96 * GIB, '1 TiB'],
    [2 ** 62, '4096 PiB'],
    [-868 * GIB, '-868 GiB'],
  ])('%d bytes are %s', (bytes, expected) => {
    expect(describeBytes(bytes)).toBe(expected);
  });

  it.each([
    [0, '0 CPU'],
    [5, '0.005 CPU'],
    [250, '0.25 CPU'],
    [1_250, '1.25 CPU'],
    [38_640, '38.6 CPU'],
    [96_000, '96 CPU'],
    [250_500, '251 CPU'],
  ])('%d millicores are %s', (millicores, expected) => {
    expect(describeCpu(millicores)).toBe(expected);
  });

  it.each([
    ['cpuMillicores', 500, '0.5 CPU'],
    ['cpu', 64, '64 CPU'],
    ['memoryBytes', 64 * 1024 ** 2, '64 MiB'],
    ['ephemeral-storage', 1.5 * GIB, '1.5 GiB'],
    ['pods', 1, '1 pod'],
    ['pods', 0, 'no pod'],
    ['example.com/gpu', 3, '3'],
  ])('%s of %d is %s', (resource, amount, expected) => {
    expect(describeAmount(resource, amount)).toBe(expected);
  });

  it.each([
    ['memoryBytes', 0, 900 * GIB, '0 B', '900 GiB'],
    ['memoryBytes', 15.98 * GIB, 16 * GIB, '15.98 GiB', '16 GiB'],
    ['memoryBytes', 16 * GIB - 1, 16 * GIB, '17179869183 B', '17179869184 B'],
    ['memoryBytes', 16 * GIB, 16 * GIB, '16 GiB', '16 GiB'],
    ['cpuMillicores', 38_640, 38_641, '38.64 CPU', '38.641 CPU'],
    ['gpu', 1.00001, 1.00002, '1.00001', '1.00002'],
  ])(
    'tells two amounts of %s apart: %d and %d',
    (resource, one, other, ...expected) => {
      expect(describeTwoAmounts(resource, [one, other])).toEqual(expected);
    },
  );

  it.each([
    [0, 'no app'],
    [1, '1 app'],
    [7, '7 apps'],
  ])('%d is %s', (count, expected) => {
    expect(countOf(count, 'app')).toBe(expected);
  });

  it.each([
    [0, 0, '0 of 0 instances'],
    [1, 1, '1 of 1 instance'],
    [0, 2, '0 of 2 instances'],
  ])('%d of %d is %s', (part, whole, expected) => {
    expect(partOf(part, whole, 'instance')).toBe(expected);
  });
});

describe('durations for people', () => {
  it.each([
    [-1, '0 s'],
    [0, '0 s'],
    [340, '340 ms'],
    [999.6, '1 s'],
    [2_149, '2.1 s'],
    [5_000, '5 s'],
    [42_300, '42 s'],
    [90_000, '1 min 30 s'],
    [600_000, '10 min'],
    [7_500_000, '2 h 5 min'],
    [3_600_001, '1 h'],
    [93_600_000, '1 d 2 h'],
  ])('%d ms are %s', (ms, expected) => {
    expect(describeDuration(ms)).toBe(expected);
  });

  it.each([
    [-1, '0.0 s'],
    [140, '0.1 s'],
    [2_000, '2.0 s'],
    [9_951, '10 s'],
    [120_000, '2 min'],
  ])('a step of %d ms took %s', (ms, expected) => {
    expect(describeElapsed(ms)).toBe(expected);
  });

  it.each([
    [-1, '0 s'],
    [0, '0 s'],
    [1, '1 s'],
    [59_001, '1 min'],
    [119_001, '2 min'],
    [3_600_000, '1 h'],
    [90_000_000, '1 day'],
  ])('%d ms are left: %s', (ms, expected) => {
    expect(describeTimeLeft(ms)).toBe(expected);
  });
});

it.each([
  ['2026-11-20T12:00:05.123Z', '20 Nov 2026, 12:00:05 UTC'],
  ['noon', 'noon'],
])('%s is the instant %s', (at, expected) => {
  expect(describeInstant(at)).toBe(expected);
});

it.each([
  [-1, 'less than 1 min'],
  [59_999, 'less than 1 min'],
  [60_000, '1 min'],
  [3_600_000, '1 h'],
])('a silence of %d ms is %s', (ms, expected) => {
  expect(describeSilence(ms)).toBe(expected);
});

describe('lists for people', () => {
  it.each([
    [[], 'none'],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
  ])('%j', (names, expected) => {
    expect(listOf(names)).toBe(expected);
  });

  it('gives a choice', () => {
    expect(listOf(['a', 'b'], 3, 'or')).toBe('a or b');
  });
});
