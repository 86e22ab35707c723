import { type Bits, hasBit, intersects } from './bits';
import type { DomainColumn } from './DomainTable';

/** Compares with nothing, so that it is never the best. */
const REFUSED = NaN;

/** One constraint of one app, with what was chosen so far. */
export interface Spread {
  column: DomainColumn;
  maxSkew: number;
  isHard: boolean;
}

interface Tally extends Spread {
  /** Chosen per domain; -1 for domains without a cluster that fits. */
  counts: Int32Array;
}

/**
 * The choice of `chooseClusters`, on indexes: those that stay first, then the
 * most even spread, then the order of the scores. A test holds both equal.
 *
 * @param held - indexes that stay, in the order of the scores
 */
export function chooseIndexes(
  eligible: Bits,
  { held, order }: { held: readonly number[]; order: Int32Array },
  { spreads, wanted }: { spreads: readonly Spread[]; wanted: number },
): number[] {
  const tallies = spreads.map(spread => tally(spread, eligible));
  const chosen: number[] = [];
  while (chosen.length < wanted) {
    let next = findNext(held, eligible, { chosen, tallies });
    if (next < 0) next = findNext(order, eligible, { chosen, tallies });
    if (next < 0) break;
    chosen.push(next);
    for (const { column, counts } of tallies) {
      const domain = column.domainOf[next];
      if (domain >= 0) counts[domain] += 1;
    }
  }
  return chosen;
}

function tally(spread: Spread, eligible: Bits): Tally {
  const { members } = spread.column;
  const counts = new Int32Array(members.length);
  for (let domain = 0; domain < members.length; domain += 1) {
    if (!intersects(members[domain], eligible)) counts[domain] = -1;
  }
  return { ...spread, counts };
}

/** The first that exceeds no constraint, else the first of those that exceed them least. */
function findNext(
  candidates: ArrayLike<number>,
  eligible: Bits,
  { chosen, tallies }: { chosen: readonly number[]; tallies: readonly Tally[] },
): number {
  let best = -1;
  let bestExcess = Infinity;
  for (let at = 0; at < candidates.length; at += 1) {
    const index = candidates[at];
    if (!hasBit(eligible, index) || chosen.includes(index)) continue;
    const excess = excessOf(index, tallies);
    if (excess === 0) return index;
    // Never true for what is refused; a cluster without a domain exceeds infinitely, and is still better than none.
    if (excess < bestExcess || (best < 0 && excess === Infinity)) {
      best = index;
      bestExcess = excess;
    }
  }
  return best;
}

/** By how much soft constraints would be exceeded; `REFUSED` where a hard one would be. */
function excessOf(index: number, tallies: readonly Tally[]): number {
  let excess = 0;
  for (const { column, counts, maxSkew, isHard } of tallies) {
    const over = skewWith(column.domainOf[index], counts) - maxSkew;
    if (over <= 0) continue;
    if (isHard) return REFUSED;
    excess += over;
  }
  return excess;
}

function skewWith(domain: number, counts: Int32Array): number {
  if (domain < 0) return Infinity;
  const after = counts[domain] + 1;
  let least = after;
  for (let other = 0; other < counts.length; other += 1) {
    const count = counts[other];
    if (other !== domain && count >= 0 && count < least) least = count;
  }
  return after - least;
}
