import {
  fieldsOf,
  isFields,
  listOf,
  numberOf,
  numberOrTextOf,
  textMapOf,
  textOf,
  textsOf,
  timeOf,
} from './readFields';

const NOON = new Date('2026-11-20T12:00:00Z');

/** What every reader makes of a value. */
const readers = {
  fields: fieldsOf,
  list: listOf,
  text: textOf,
  texts: textsOf,
  number: numberOf,
  numberOrText: numberOrTextOf,
  textMap: textMapOf,
  time: timeOf,
};
const NOTHING = {
  fields: {},
  list: [],
  text: undefined,
  texts: [],
  number: undefined,
  numberOrText: undefined,
  textMap: {},
  time: undefined,
};

describe('what people bring along', () => {
  it.each<[unknown, Partial<Record<keyof typeof readers, unknown>>]>([
    [undefined, {}],
    [null, {}],
    [true, {}],
    [NaN, {}],
    [Infinity, {}],
    [0, { number: 0, numberOrText: 0 }],
    ['', { text: '', numberOrText: '' }],
    ['25%', { text: '25%', numberOrText: '25%' }],
    [
      '2026-11-20T12:00:00Z',
      {
        text: '2026-11-20T12:00:00Z',
        numberOrText: '2026-11-20T12:00:00Z',
        time: '2026-11-20T12:00:00Z',
      },
    ],
    [NOON, { time: '2026-11-20T12:00:00.000Z' }],
    [new Date(NaN), {}],
    [['a', 1, null, 'b'], { list: ['a', 1, null, 'b'], texts: ['a', 'b'] }],
    [
      { a: 'x', b: 1, c: null },
      { fields: { a: 'x', b: 1, c: null }, textMap: { a: 'x' } },
    ],
  ])('%p', (value, expected) => {
    const read = Object.fromEntries(
      Object.entries(readers).map(([name, reader]) => [name, reader(value)]),
    );
    expect(read).toEqual({ ...NOTHING, ...expected });
    expect(isFields(value)).toBe('fields' in expected);
  });
});
