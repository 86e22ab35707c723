const MOST_INSERTED = 12;
const SHORTEST_SHIFTED = 50;
const MOST_SHIFTED = 5;
const SHORTEST_NINTHER = 50;
const ALL_SWAPS = 12; // of nine compared elements: they are in reverse order
const SHORTEST_SHAKEN = 8;

export type Before<T> = (a: T, b: T) => boolean;

export function bitLength(value: number): number {
  return 32 - Math.clz32(value);
}

/**
 * The pattern-defeating quicksort of Orson Peters, with the thresholds and the
 * order of steps of Go 1.19 to 1.26, so that equal elements end in the same
 * order as there. Rewritten; its results are compared with Go's. Ranges are
 * half open.
 */
export class PatternSorter<T> {
  private readonly items: T[];
  private readonly before: Before<T>;

  constructor(items: T[], before: Before<T>) {
    this.items = items;
    this.before = before;
  }

  /**
   * @param budget - unbalanced partitions allowed before it falls back to a
   *   heap sort
   */
  sort(start: number, end: number, budget: number): void {
    let [from, to, left] = [start, end, budget];
    let isBalanced = true;
    let isPartitioned = true;
    while (to - from > MOST_INSERTED) {
      if (left === 0) {
        this.sortByHeap(from, to);
        return;
      }
      if (!isBalanced) {
        this.shake(from, to);
        left -= 1;
      }
      let { pivot, swaps } = this.choosePivot(from, to);
      if (swaps === ALL_SWAPS) {
        this.reverse(from, to);
        pivot = to - 1 - (pivot - from);
        swaps = 0;
      }
      const looksSorted = isBalanced && isPartitioned && swaps === 0;
      if (looksSorted && this.finishSorted(from, to)) return;
      if (from > 0 && !this.isBefore(from - 1, pivot)) {
        from = this.partitionEqual(from, to, pivot);
        continue;
      }
      const { middle, wasPartitioned } = this.partition(from, to, pivot);
      isPartitioned = wasPartitioned;
      const shorter = Math.min(middle - from, to - middle);
      isBalanced = shorter >= Math.floor((to - from) / 8);
      if (middle - from < to - middle) {
        this.sort(from, middle, left);
        from = middle + 1;
      } else {
        this.sort(middle + 1, to, left);
        to = middle;
      }
    }
    this.insert(from, to);
  }

  private isBefore(a: number, b: number): boolean {
    return this.before(this.items[a], this.items[b]);
  }

  private swap(a: number, b: number): void {
    [this.items[a], this.items[b]] = [this.items[b], this.items[a]];
  }

  private insert(from: number, to: number): void {
    for (let next = from + 1; next < to; next += 1) {
      for (let at = next; at > from && this.isBefore(at, at - 1); at -= 1)
        this.swap(at, at - 1);
    }
  }

  private sortByHeap(from: number, to: number): void {
    const size = to - from;
    for (let root = (size - 1) >> 1; root >= 0; root -= 1)
      this.sink(root, size, from);
    for (let last = size - 1; last >= 0; last -= 1) {
      this.swap(from, from + last);
      this.sink(0, last, from);
    }
  }

  private sink(start: number, size: number, from: number): void {
    let root = start;
    for (let child = 2 * root + 1; child < size; child = 2 * root + 1) {
      const right = child + 1;
      if (right < size && this.isBefore(from + child, from + right))
        child = right;
      if (!this.isBefore(from + root, from + child)) return;
      this.swap(from + root, from + child);
      root = child;
    }
  }

  /** Swaps three elements, always the same ones for a length. */
  private shake(from: number, to: number): void {
    const length = to - from;
    if (length < SHORTEST_SHAKEN) return;
    const mask = (1n << BigInt(bitLength(length))) - 1n;
    const middle = from + Math.floor(length / 4) * 2;
    let random = BigInt(length);
    for (let at = middle - 1; at <= middle + 1; at += 1) {
      random ^= BigInt.asUintN(64, random << 13n);
      random ^= random >> 7n;
      random ^= BigInt.asUintN(64, random << 17n);
      const other = Number(random & mask);
      this.swap(at, from + (other >= length ? other - length : other));
    }
  }

  /** Returns the middle of three, or of three middles; and how many comparisons found a pair out of order. */
  private choosePivot(from: number, to: number) {
    const quarter = Math.floor((to - from) / 4);
    const count = { swaps: 0 };
    const candidates = [1, 2, 3].map(part => {
      const at = from + quarter * part;
      return to - from >= SHORTEST_NINTHER
        ? this.middleOf([at - 1, at, at + 1], count)
        : at;
    });
    return { pivot: this.middleOf(candidates, count), swaps: count.swaps };
  }

  private middleOf(
    [first, second, third]: number[],
    count: { swaps: number },
  ): number {
    const order = (a: number, b: number): [number, number] => {
      if (!this.isBefore(b, a)) return [a, b];
      count.swaps += 1;
      return [b, a];
    };
    const [low, high] = order(first, second);
    const [middle] = order(high, third);
    return order(low, middle)[1];
  }

  private reverse(from: number, to: number): void {
    for (let [a, b] = [from, to - 1]; a < b; a += 1, b -= 1) this.swap(a, b);
  }

  /** Sorts a range that is sorted or nearly so; returns whether it succeeded. */
  private finishSorted(from: number, to: number): boolean {
    let at = from + 1;
    for (let shifts = 0; shifts < MOST_SHIFTED; shifts += 1) {
      while (at < to && !this.isBefore(at, at - 1)) at += 1;
      if (at === to) return true;
      if (to - from < SHORTEST_SHIFTED) return false;
      this.swap(at, at - 1);
      if (at - from >= 2) {
        for (let left = at - 1; left >= 1; left -= 1) {
          if (!this.isBefore(left, left - 1)) break;
          this.swap(left, left - 1);
        }
      }
      for (let right = at + 1; to - at >= 2 && right < to; right += 1) {
        if (!this.isBefore(right, right - 1)) break;
        this.swap(right, right - 1);
      }
    }
    return false;
  }

  /** Moves elements less than the pivot to its left, all others to its right. */
  private partition(from: number, to: number, pivot: number) {
    this.swap(from, pivot);
    let low = from + 1;
    let high = to - 1;
    let swaps = 0;
    for (;;) {
      while (low <= high && this.isBefore(low, from)) low += 1;
      while (low <= high && !this.isBefore(high, from)) high -= 1;
      if (low > high) break;
      this.swap(low, high);
      swaps += 1;
      low += 1;
      high -= 1;
    }
    this.swap(high, from);
    return { middle: high, wasPartitioned: swaps === 0 };
  }

  /** Moves elements equal to the pivot to the left; no element here is less than it. */
  private partitionEqual(from: number, to: number, pivot: number): number {
    this.swap(from, pivot);
    let low = from + 1;
    let high = to - 1;
    for (;;) {
      while (low <= high && !this.isBefore(from, low)) low += 1;
      while (low <= high && this.isBefore(from, high)) high -= 1;
      if (low > high) return low;
      this.swap(low, high);
      low += 1;
      high -= 1;
    }
  }
}
