import type { Knex } from 'knex';
import { refKey } from '@callboard/plugin-callboard-common';
import { toJson } from '../json';
import type { ObjectDigest } from './ObjectDigest';

/** Changes that a watch observed since the last save. */
export interface Observations {
  changed: ObjectDigest[];
  /** Keys of objects that are gone. */
  gone: string[];
  /** Resource version up to which each kind was seen, by kind. */
  cursors: Record<string, string>;
}

/**
 * Saves digests and cursors together: a watch that resumes from a saved cursor
 * misses nothing, because everything observed up to it is saved with it.
 */
export async function saveObservations(
  tx: Knex.Transaction,
  cluster: string,
  seen: Observations,
): Promise<void> {
  for (const digest of seen.changed) {
    await tx('observed_objects')
      .insert({ cluster, object: refKey(digest.ref), digest: toJson(digest) })
      .onConflict(['cluster', 'object'])
      .merge(['digest']);
  }
  if (seen.gone.length > 0)
    await tx('observed_objects')
      .where({ cluster })
      .whereIn('object', seen.gone)
      .delete();
  for (const [kind, resourceVersion] of Object.entries(seen.cursors)) {
    await tx('watch_cursors')
      .insert({ cluster, kind, resource_version: resourceVersion })
      .onConflict(['cluster', 'kind'])
      .merge(['resource_version']);
  }
}
