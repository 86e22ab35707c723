import { type ReleaseArrival, nameChange } from './nameChange';

const came = (release: number, hour?: number): ReleaseArrival => ({
  release,
  ...(hour !== undefined && {
    since: new Date(Date.UTC(2026, 10, 20, hour)),
  }),
});

describe('nameChange', () => {
  it.each([
    ['the next release', came(8), came(7, 1), 'newer'],
    ['one that was there before', came(5, 1), came(7, 2), 'rollback'],
    ['an older one that never was there', came(5), came(7, 2), 'older'],
    ['back from that older one', came(7, 2), came(5, 3), 'rollback'],
    ['again one that was rolled back', came(7, 2), came(5, 1), 'newer'],
    [
      'again an older one that was rolled back',
      came(5, 3),
      came(7, 2),
      'older',
    ],
  ])('%s', (_, to, current, expected) => {
    expect(nameChange(to, current)).toBe(expected);
  });
});
