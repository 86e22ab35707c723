/** A number with its noun: `1 app`, `3 apps`, `no app`. */
export function countOf(
  count: number,
  noun: string,
  plural = `${noun}s`,
): string {
  if (count === 0) return `no ${noun}`;
  return `${count} ${count === 1 ? noun : plural}`;
}
