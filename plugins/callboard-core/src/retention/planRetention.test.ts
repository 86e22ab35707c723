import { type RetainableRelease, planRetention } from './planRetention';

/** Releases 1, 2, 3 … with one image each, by its name. */
function releases(...images: string[]): RetainableRelease[] {
  return images.map((image, index) => ({ number: index + 1, images: [image] }));
}

describe('planRetention', () => {
  it.each([
    {
      name: 'keeps the newest',
      given: { releases: releases('a', 'b', 'c'), inUse: [], keep: 2 },
      expected: ['a of 1'],
    },
    {
      name: 'keeps what is in use, however old',
      given: { releases: releases('a', 'b', 'c', 'd'), inUse: [1], keep: 1 },
      expected: ['b of 2', 'c of 3'],
    },
    {
      name: 'keeps an image that a kept release has as well',
      given: { releases: releases('a', 'b', 'a'), inUse: [], keep: 1 },
      expected: ['b of 2'],
    },
    {
      name: 'names every release that loses an image',
      given: { releases: releases('a', 'a', 'b'), inUse: [], keep: 1 },
      expected: ['a of 1, 2'],
    },
    {
      name: 'does not depend on the order of releases',
      given: {
        releases: releases('a', 'b', 'c').reverse(),
        inUse: [],
        keep: 1,
      },
      expected: ['a of 1', 'b of 2'],
    },
    {
      name: 'keeps everything of an app with few releases',
      given: { releases: releases('a', 'b'), inUse: [], keep: 10 },
      expected: [],
    },
  ])('$name', ({ given, expected }) => {
    const { removable, kept } = planRetention({
      ...given,
      inUse: new Set(given.inUse),
    });
    expect(
      removable.map(each => `${each.image} of ${each.releases.join(', ')}`),
    ).toEqual(expected);
    expect(
      kept.filter(image => removable.some(r => r.image === image)),
    ).toEqual([]);
  });
});
