const MOST = 3;

/** Finds similar names: few letters away, or with the typed text as their beginning. Nearest first, then by name. */
export function findSimilarNames(
  wanted: string,
  names: readonly string[],
): string[] {
  const text = wanted.toLocaleLowerCase('en');
  const most = Math.max(1, Math.floor(text.length / 3));
  return names
    .map(name => ({ name, distance: distanceBetween(text, name, most) }))
    .filter(({ distance }) => distance <= most)
    .sort(
      (a, b) => a.distance - b.distance || a.name.localeCompare(b.name, 'en'),
    )
    .slice(0, MOST)
    .map(({ name }) => name);
}

/** Edit distance; a longer name that begins with the shorter is 1 away. Stops counting above `most`. */
function distanceBetween(a: string, b: string, most: number): number {
  if (a.length >= 2 && (b.startsWith(a) || a.startsWith(b))) return 1;
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      current[column] = Math.min(
        previous[column] + 1,
        current[column - 1] + 1,
        previous[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1),
      );
    }
    previous = current;
  }
  return previous[b.length];
}
