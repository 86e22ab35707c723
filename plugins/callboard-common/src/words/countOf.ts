/** Formats a number with its noun: `1 app`, `3 apps`, `no app`. */
export function countOf(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return count === 0
    ? `no ${noun}`
    : `${count} ${pluralOf(count, noun, plural)}`;
}

/** Formats a part of a whole: `0 of 2 instances`, `1 of 1 instance`, `0 of 0 instances`. */
export function partOf(
  part: number,
  whole: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return `${part} of ${whole} ${pluralOf(whole, noun, plural)}`;
}

/** Returns the noun in singular or plural. */
export function pluralOf(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string {
  return count === 1 ? noun : plural;
}
