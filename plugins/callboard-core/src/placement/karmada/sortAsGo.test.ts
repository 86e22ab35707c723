import { sortAsGo } from './sortAsGo';

function list(length: number, valueOf: (index: number) => number): number[] {
  return Array.from({ length }, (_, index) => valueOf(index));
}

/** What Go 1.26 makes of the values, most first, as the places where they stood. */
const GOLDENS: Array<{
  name: string;
  values: number[];
  budget?: number;
  order: number[];
}> = [
  {
    name: '13 equal in part',
    values: list(13, index => (index * 5) % 7),
    order: [4, 11, 8, 1, 12, 5, 2, 9, 6, 10, 3, 7, 0],
  },
  {
    name: 'the teeth of a saw',
    values: list(20, index => index % 5),
    order: [
      4, 14, 9, 19, 8, 3, 18, 13, 7, 2, 12, 17, 6, 16, 11, 1, 10, 15, 0, 5,
    ],
  },
  {
    name: 'sorted already',
    values: list(20, index => -Math.floor(index / 4)),
    order: list(20, index => index),
  },
  {
    name: 'up and down',
    values: list(20, index => Math.min(index, 20 - index) % 9),
    order: [
      12, 8, 13, 7, 6, 14, 15, 5, 4, 16, 3, 17, 2, 18, 1, 10, 19, 11, 0, 9,
    ],
  },
  {
    name: 'any order',
    values: list(20, index => ((index * 7919 + 13) % 101) % 11),
    order: [
      1, 4, 7, 10, 19, 16, 13, 2, 5, 8, 11, 14, 17, 9, 6, 0, 3, 12, 15, 18,
    ],
  },
  {
    name: 'any order, by a heap',
    values: list(20, index => ((index * 7919 + 13) % 101) % 11),
    budget: 0,
    order: [
      4, 1, 7, 10, 19, 16, 13, 2, 8, 11, 14, 5, 17, 6, 9, 3, 0, 12, 18, 15,
    ],
  },
  {
    name: 'enough for a middle of middles',
    values: list(60, index => ((index * index * 31 + 7) % 257) % 17),
    order: [
      35, 53, 52, 30, 43, 59, 50, 33, 55, 3, 49, 16, 2, 5, 24, 23, 18, 19, 51,
      26, 6, 56, 15, 27, 54, 39, 4, 0, 17, 11, 37, 45, 40, 10, 21, 44, 36, 25,
      47, 8, 31, 48, 1, 13, 32, 42, 22, 7, 20, 29, 58, 38, 14, 9, 57, 34, 28,
      12, 41, 46,
    ],
  },
  {
    name: 'reversed but for two',
    values: list(60, index =>
      index === 3 || index === 56 ? 60 - index : index,
    ),
    order: [59, 58, 57, 3, ...list(50, index => 55 - index), 5, 56, 4, 2, 1, 0],
  },
];

function orderOf(values: readonly number[], budget?: number): number[] {
  const items = values.map((value, place) => ({ value, place }));
  return sortAsGo(items, (a, b) => a.value > b.value, budget).map(
    ({ place }) => place,
  );
}

describe('sortAsGo', () => {
  it.each(GOLDENS)('sorts $name as Go does', ({ values, budget, order }) => {
    expect(orderOf(values, budget)).toEqual(order);
  });

  it('keeps the order of up to 12 equal ones', () => {
    expect(orderOf(list(12, () => 1))).toEqual(list(12, index => index));
  });

  it.each([undefined, 0, 1])(
    'sorts lists of every shape, with %s unbalanced partitions borne',
    budget => {
      const shapes: Array<(index: number) => number> = [
        index => (index * 7919) % 1_009,
        index => (index * index) % 17,
        index => (index % 2 === 0 ? index : 0),
        index => (index === 90 ? 1_000 : -index),
        index => Math.abs(index - 50),
      ];
      for (const shape of shapes) {
        const values = list(150, shape);
        const sorted = orderOf(values, budget).map(place => values[place]);
        expect(sorted).toEqual([...values].sort((a, b) => b - a));
      }
    },
  );

  it('leaves the list itself as it is', () => {
    const values = [1, 2, 3];
    expect(sortAsGo(values, (a, b) => a > b)).toEqual([3, 2, 1]);
    expect(values).toEqual([1, 2, 3]);
  });
});
