/** Removes the slashes at both ends of a path, in linear time. */
export function withoutSlashes(path: string): string {
  let [start, end] = [0, path.length];
  while (end > start && path[end - 1] === '/') end -= 1;
  while (start < end && path[start] === '/') start += 1;
  return path.slice(start, end);
}
