/** Joins parts to one text with a full stop between them; undefined parts are left out. */
export function sentencesOf(parts: ReadonlyArray<string | undefined>): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map(part => part.replace(/\.$/, ''))
    .join('. ');
}
