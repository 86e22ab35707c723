import { sha256 } from './sha256';

const MAX_LENGTH = 63; // a DNS label
const HASH_LENGTH = 16; // 64 bits: a second name with the same hash cannot be found by trying

/**
 * Returns the namespace of an app's environment on every cluster: `shop--prod`.
 *
 * Different pairs give different names: an environment's name has no `--`, so
 * the last one separates. A pair that is too long is cut and gets a hash; its
 * name has no `--` at all and can therefore not be the name of another pair.
 */
export function namespaceOf(app: string, environment: string): string {
  const name = `${app}--${environment}`;
  if (name.length <= MAX_LENGTH) return name;
  const start = name
    .replace(/-{2,}/g, '-')
    .slice(0, MAX_LENGTH - HASH_LENGTH - 1)
    .replace(/(?<!-)-+$/, '');
  return `${start}-${sha256(name).slice(0, HASH_LENGTH)}`;
}
