/** The name of an entity reference, with its kind where it is nobody; else kind and namespace stand in the catalog. */
export function describeEntity(ref: string): string {
  const parts = ref.split(/[:/]/);
  const name = parts.at(-1) || ref;
  return ['program', 'service'].includes(parts[0])
    ? `${name} (${parts[0]})`
    : name;
}
