/**
 * Returns the name of an entity reference, with its kind where it is a program
 * or a service; the full reference is in the catalog. For a token of an app:
 * its name and its app.
 */
export function describeEntity(ref: string): string {
  const parts = ref.split(/[:/]/);
  const name = parts.at(-1) || ref;
  if (parts[0] === 'token' && parts.length === 3)
    return `token ${name} of ${parts[1]}`;
  return ['program', 'service'].includes(parts[0])
    ? `${name} (${parts[0]})`
    : name;
}
