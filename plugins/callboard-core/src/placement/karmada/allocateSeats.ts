import { compareText } from '../selectors';

export interface Party {
  name: string;
  votes: number;
}

interface Seated extends Party {
  seats: number;
}

/** A binary heap in which only the top element changes, and only sinks. */
class Heap {
  readonly items: Seated[];
  private readonly before: (a: Seated, b: Seated) => boolean;

  constructor(items: Seated[], before: (a: Seated, b: Seated) => boolean) {
    this.items = items;
    this.before = before;
    for (let index = items.length >> 1; index >= 0; index -= 1)
      this.sink(index);
  }

  raiseTop(): void {
    this.items[0].seats += 1;
    this.sink(0);
  }

  private sink(start: number): void {
    const { items, before } = this;
    for (let parent = start; ; ) {
      const left = 2 * parent + 1;
      const right = left + 1;
      let first = parent;
      if (left < items.length && before(items[left], items[first]))
        first = left;
      if (right < items.length && before(items[right], items[first]))
        first = right;
      if (first === parent) return;
      [items[parent], items[first]] = [items[first], items[parent]];
      parent = first;
    }
  }
}

/**
 * Divides seats by Webster's method: each goes to the highest votes / (2 ·
 * seats + 1), ties to fewer seats, then to the ascending name, or the
 * descending one where `reversed` is true. Every party in the result has at
 * least one seat.
 *
 * Source: karmada-io/karmada pkg/util/helper/webstermethod.go (1.16); in
 * floating point, as there.
 */
export function allocateSeats(
  seats: number,
  parties: readonly Party[],
  { reversed = false }: { reversed?: boolean } = {},
): Map<string, number> {
  const seated = seatAhead(seats, parties);
  const heap = new Heap(seated, (a, b) => comesFirst(a, b, reversed));
  if (parties.length > 0) {
    const given = seated.reduce((sum, party) => sum + party.seats, 0);
    for (let left = seats - given; left > 0; left -= 1) heap.raiseTop();
  }
  const result = new Map<string, number>();
  for (const { name, seats: taken } of heap.items)
    if (taken > 0) result.set(name, taken);
  return result;
}

/** Below this many seats each is given individually. */
const FEW_SEATS = 1_000;

/**
 * Gives many seats at once: all seats with a priority above a bound come before
 * all others, whatever the ties, so that only those around the last one are
 * compared individually.
 */
function seatAhead(seats: number, parties: readonly Party[]): Seated[] {
  const most = Math.max(0, ...parties.map(({ votes }) => votes));
  let [low, high] = [0, most];
  let ahead = parties.map(() => 0);
  for (let round = 0; seats > FEW_SEATS && round < 64; round += 1) {
    const bound = (low + high) / 2;
    const above = parties.map(({ votes }) => countAbove(bound, votes));
    if (above.reduce((sum, count) => sum + count, 0) > seats) {
      low = bound;
    } else {
      high = bound;
      ahead = above;
    }
  }
  return parties.map((party, index) => ({ ...party, seats: ahead[index] }));
}

/** Returns how many seats of a party have a priority above the bound. */
function countAbove(bound: number, votes: number): number {
  if (bound <= 0) return votes > 0 ? Infinity : 0;
  let count = Math.max(0, Math.floor((votes / bound - 1) / 2) - 1);
  while (votes / (2 * count + 1) > bound) count += 1;
  return count;
}

function comesFirst(a: Seated, b: Seated, reversed: boolean): boolean {
  const left = a.votes / (2 * a.seats + 1);
  const right = b.votes / (2 * b.seats + 1);
  if (left !== right) return left > right;
  if (a.seats !== b.seats) return a.seats < b.seats;
  return compareText(a.name, b.name) < 0 !== reversed;
}

/**
 * Returns whether a workload's UID reverses the order of names: its FNV-1a hash
 * is odd. The prime is odd, so that only the lowest bits of the bytes decide.
 */
export function hasOddHash(uid: string): boolean {
  let bit = 1; // the offset basis is odd
  for (let index = 0; index < uid.length; index += 1)
    bit ^= uid.charCodeAt(index) & 1;
  return uid !== '' && bit === 1;
}
