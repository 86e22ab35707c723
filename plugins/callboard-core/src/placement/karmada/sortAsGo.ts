import { type Before, bitLength, PatternSorter } from './PatternSorter';

/**
 * Sorts as Go's `sort.Sort` does, elements that are equal included: from 13 on
 * it may change their order, always in the same way. Where the engine cuts
 * such a list it matters which of two equal clusters stands first.
 *
 * @param budget - how many unbalanced partitions are borne before a heap sort
 * @remarks Source: pattern-defeating quicksort as in package sort of Go 1.19 to 1.26;
 * figures against it: docs/figures/engines.md.
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
