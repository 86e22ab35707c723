/** Parts as one text, with a full stop between them; undefined ones are left out. */
export function sentencesOf(parts: ReadonlyArray<string | undefined>): string {
  return parts
    .filter((part): part is string => part !== undefined && part !== '')
    .map(part => part.replace(/\.$/, ''))
    .join('. ');
}
