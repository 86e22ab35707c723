/**
 * Joins names: `eu-1`, `eu-1 and us-1`, `eu-1, us-1 and ap-1`; more than `most`
 * are counted: `eu-1, us-1 and 5 more`.
 */
export function listOf(
  names: readonly string[],
  most = 3,
  word: 'and' | 'or' = 'and',
): string {
  const shown =
    names.length <= most
      ? [...names]
      : [...names.slice(0, most - 1), `${names.length - most + 1} more`];
  const last = shown.pop();
  if (last === undefined) return 'none';
  return shown.length === 0 ? last : `${shown.join(', ')} ${word} ${last}`;
}
