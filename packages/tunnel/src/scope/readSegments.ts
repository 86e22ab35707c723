const MAX_PATH = 8 * 1024; // characters, with query

/** Decoded segments of a request's path; undefined unless the path has exactly one reading. */
export function readSegments(path: string): string[] | undefined {
  if (
    path.length > MAX_PATH ||
    !/^\/[\x21-\x7e]*$/.test(path) ||
    /[#\\]/.test(path)
  )
    return undefined;
  const segments: string[] = [];
  for (const encoded of path.split('?')[0].slice(1).split('/')) {
    const segment = decode(encoded);
    if (
      segment === undefined ||
      segment === '' ||
      segment === '.' ||
      segment === '..'
    )
      return undefined;
    if (/[^\x21-\x7e]|[/\\%?#]/.test(segment)) return undefined; // encoded twice, or an encoded separator
    segments.push(segment);
  }
  return segments;
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
