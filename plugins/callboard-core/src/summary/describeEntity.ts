/** The name of an entity reference; its kind and namespace stand in the catalog. */
export function describeEntity(ref: string): string {
  return ref.split(/[:/]/).at(-1) || ref;
}
