/** Who acted, for people: `ana` of `user:default/ana`, `Callboard` of `system:placement`. */
export function describeActor(ref: string): string {
  if (ref.startsWith('system:')) return 'Callboard';
  return describeEntity(ref);
}

/** The name of an entity reference, with its namespace where that is not the default one. */
export function describeEntity(ref: string): string {
  const [, namespace = 'default', name = ref] =
    /^(?:[^:/]+:)?(?:([^/]+)\/)?([^/]+)$/.exec(ref) ?? [];
  return namespace === 'default' ? name : `${namespace}/${name}`;
}

/** `Ana` of git's `Ana <ana@example.com>`. */
export function describeAuthor(author: string): string {
  return author.replace(/\s*<[^>]*>\s*$/, '') || author;
}
