import { createHash } from 'node:crypto';
import {
  ANNOTATIONS,
  type KubeObject,
} from '@callboard/plugin-callboard-common';

/**
 * Returns the sha256 (hex) of the desired object. The order of keys does not
 * count.
 *
 * Fingerprints are kept in the database. The data of a Secret that names its
 * version are left out: a reader of the database could try passwords against
 * them.
 */
export function fingerprintOf(object: KubeObject): string {
  const { data: _data, ...rest } = object;
  const isVersioned =
    object.kind === 'Secret' &&
    object.metadata.annotations?.[ANNOTATIONS.secretVersion] !== undefined;
  return createHash('sha256')
    .update(JSON.stringify(sortKeys(isVersioned ? rest : object)))
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
