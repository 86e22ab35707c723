/** Who acted, for people: `ana` of `user:default/ana`, `Callboard` of `system:placement`. */
export function describeActor(ref: string): string {
  if (ref.startsWith('system:')) return 'Callboard';
  return describeEntity(ref);
}

/** The name of an entity reference; its kind and namespace stand in the catalog. */
export function describeEntity(ref: string): string {
  return /[^:/]+$/.exec(ref)?.[0] ?? ref;
}

/** `Ana` of git's `Ana <ana@example.com>`. */
export function describeAuthor(author: string): string {
  return author.replace(/\s*<[^>]*>\s*$/, '') || author;
}
