/** `1 app`, `7 apps`. */
export function countOf(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}

/** `eu-1`, `eu-1 and us-1`, `eu-1, us-1 and ap-1`; more than `most` are counted: `eu-1, us-1 and 5 more`. */
export function listOf(names: readonly string[], most = 3): string {
  const shown =
    names.length <= most
      ? [...names]
      : [...names.slice(0, most - 1), `${names.length - most + 1} more`];
  const last = shown.pop();
  if (last === undefined) return 'none';
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** A sentence for a page: capital first where `start` is a word of ours, one full stop at the end. */
export function endSentence(text: string): string {
  const trimmed = text.trimEnd();
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
