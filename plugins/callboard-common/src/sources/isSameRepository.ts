import { withoutSlashes } from './withoutSlashes';

/**
 * Returns whether two URLs name one repository: they are compared by host and
 * path, without `.git` and case-insensitively, as hosts do.
 */
export function isSameRepository(a: string, b: string): boolean {
  const [one, other] = [keyOf(a), keyOf(b)];
  return one !== undefined && one === other;
}

function keyOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { host, pathname } = new URL(text);
  const path = withoutSlashes(pathname).replace(/\.git$/i, '');
  return `${host}/${path}`.toLowerCase();
}
