import fc from 'fast-check';
import { allocateSeats, type Party } from './allocateSeats';

/** One seat after the other, as the method is told; far too slow for many. */
function giveOneByOne(seats: number, parties: Party[], reversed: boolean) {
  const seated = parties.map(party => ({ ...party, seats: 0 }));
  for (let left = seats; left > 0; left -= 1) {
    const [best] = [...seated].sort((a, b) => {
      const worth = b.votes / (2 * b.seats + 1) - a.votes / (2 * a.seats + 1);
      const byName = a.name < b.name ? -1 : 1;
      return worth || a.seats - b.seats || (reversed ? -byName : byName);
    });
    best.seats += 1;
  }
  return Object.fromEntries(
    seated
      .filter(party => party.seats > 0)
      .map(party => [party.name, party.seats]),
  );
}

describe('allocateSeats', () => {
  it('gives many seats as it gives few', () => {
    const votes = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.nat(1_000_000));
    fc.assert(
      fc.property(
        fc.array(votes, { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 995, max: 1_500 }),
        fc.boolean(),
        (all, seats, reversed) => {
          const parties = [...all, 7].map((one, index) => ({
            name: `m${index}`,
            votes: one,
          }));
          expect(
            Object.fromEntries(allocateSeats(seats, parties, { reversed })),
          ).toEqual(giveOneByOne(seats, parties, reversed));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('gives a billion seats at once', () => {
    const parties = [
      { name: 'a', votes: 3 },
      { name: 'b', votes: 1 },
      { name: 'c', votes: 0 },
    ];
    expect(Object.fromEntries(allocateSeats(1_000_000_000, parties))).toEqual({
      a: 750_000_000,
      b: 250_000_000,
    });
  });

  it('gives nothing to nobody', () => {
    expect(allocateSeats(5_000, []).size).toBe(0);
  });
});
