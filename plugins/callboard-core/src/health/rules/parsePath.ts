/** Pattern of a field path: `.status.phase`, `.metadata.labels[example.com/state]`. For use inside other patterns. */
export const PATH_PATTERN = '(?:\\.[\\w-]+(?:\\[[\\w./-]+\\])?)+';

/** Returns the names along a path. */
export function parsePath(text: string): string[] {
  return [...text.matchAll(/\.([\w-]+)|\[([\w./-]+)\]/g)].map(
    ([, name, key]) => name ?? key,
  );
}
