import { readWindow } from './readWindow';

const NOW = new Date('2026-11-20T10:00:00Z');

describe('readWindow', () => {
  it.each([
    {
      asked: {},
      expected: ['2026-11-13T10:00:00.000Z', '2026-11-20T10:00:00.000Z'],
    },
    {
      asked: { to: '2026-11-10T00:00:00Z' },
      expected: ['2026-11-03T00:00:00.000Z', '2026-11-10T00:00:00.000Z'],
    },
    {
      asked: { from: '2026-11-20T09:00:00Z', to: '2999-01-01T00:00:00Z' },
      expected: ['2026-11-20T09:00:00.000Z', '2026-11-20T10:00:00.000Z'],
    },
    { asked: { from: 'yesterday' }, expected: '"from" is not an instant' },
    { asked: { to: '2026-11-20' }, expected: '"to" is not an instant' },
    {
      asked: { from: '2026-11-20T10:00:00Z' },
      expected:
        '"from" is 2026-11-20T10:00:00.000Z, and the window ends at 2026-11-20T10:00:00.000Z',
    },
    {
      asked: { from: '2025-01-01T00:00:00Z' },
      expected: 'it is longer than 400 days',
    },
  ])('reads $asked', ({ asked, expected }) => {
    const read = readWindow(asked, {
      until: NOW,
      since: new Date('2020-01-01T00:00:00Z'),
    });
    expect(
      read.ok
        ? [read.value.from, read.value.to].map(each => each.toISOString())
        : read.problem.why,
    ).toEqual(expected);
  });

  it.each([
    {
      name: 'begins with history where that is younger',
      since: '2026-11-20T09:40:00Z',
      asked: {},
      expected: '2026-11-20T09:40:00.000Z, where history begins',
    },
    {
      name: 'begins before it where that is asked for',
      since: '2026-11-20T09:40:00Z',
      asked: { from: '2026-11-19T10:00:00Z' },
      expected: '2026-11-19T10:00:00.000Z',
    },
    {
      name: 'that ends before history began is as long as ever',
      since: '2026-11-20T09:40:00Z',
      asked: { to: '2026-11-20T09:00:00Z' },
      expected: '2026-11-13T09:00:00.000Z',
    },
  ])('$name', ({ since, asked, expected }) => {
    const read = readWindow(asked, { until: NOW, since: new Date(since) });
    if (!read.ok) throw new Error(read.problem.why);
    const { from, beginsWithHistory } = read.value;
    expect(
      `${from.toISOString()}${
        beginsWithHistory ? ', where history begins' : ''
      }`,
    ).toBe(expected);
  });
});
