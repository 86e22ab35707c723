import { type Before, bitLength, PatternSorter } from './PatternSorter';

/**
 * Sorts as Go's `sort.Sort` does, including the order of equal elements: from
 * 13 elements on it may change their order, but always in the same way. This
 * matters where the engine cuts such a list between equal clusters.
 *
 * @param budget - unbalanced partitions allowed before it falls back to a heap
 *   sort
 * @remarks Source: pattern-defeating quicksort as in package sort of Go 1.19 to
 *   1.26; figures against it: docs/figures/engines.md.
 */
export function sortAsGo<T>(
  items: readonly T[],
  before: Before<T>,
  budget: number = bitLength(items.length),
): T[] {
  const sorted = [...items];
  new PatternSorter(sorted, before).sort(0, sorted.length, budget);
  return sorted;
}
