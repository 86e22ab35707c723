import { nextInLane } from './nextInLane';

const PLACES = { most: 5, perOwner: 3, reserved: 1 };

describe('nextInLane', () => {
  it.each([
    {
      name: 'who waits longest, where all places are free',
      waiting: ['a', 'b'],
      running: [],
      next: 0,
    },
    {
      name: 'the owner of whom the fewest run',
      waiting: ['a', 'a', 'b'],
      running: ['a'],
      next: 2,
    },
    {
      name: 'nobody of an owner who has his share',
      waiting: ['a'],
      running: ['a', 'a', 'a'],
      next: undefined,
    },
    {
      name: 'an owner who has nothing, on the reserved place',
      waiting: ['a', 'b', 'c'],
      running: ['a', 'a', 'b', 'b'],
      next: 2,
    },
    {
      name: 'nobody else on the reserved place',
      waiting: ['a', 'b'],
      running: ['a', 'a', 'b', 'b'],
      next: undefined,
    },
    {
      name: 'nobody where all places are taken',
      waiting: ['f'],
      running: ['a', 'b', 'c', 'd', 'e'],
      next: undefined,
    },
    {
      name: 'works without an owner one after the other',
      waiting: [undefined],
      running: [undefined, undefined, undefined, undefined],
      next: 0,
    },
  ])('takes $name', ({ waiting, running, next }) => {
    expect(nextInLane(waiting, running, PLACES)).toBe(next);
  });
});
