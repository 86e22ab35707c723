import { createHash } from 'node:crypto';
import type { KubeObject } from '@callboard/plugin-callboard-common';

/** sha256 (hex) of what is wanted of an object. The order of keys does not count. */
export function fingerprintOf(object: KubeObject): string {
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(object)))
    .digest('hex');
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, each]) => each !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sortKeys(each)]),
  );
}
