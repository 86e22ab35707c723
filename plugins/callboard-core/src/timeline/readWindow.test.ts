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
    const read = readWindow(asked, NOW);
    expect(
      read.ok
        ? [read.value.from, read.value.to].map(each => each.toISOString())
        : read.problem.why,
    ).toEqual(expected);
  });
});
