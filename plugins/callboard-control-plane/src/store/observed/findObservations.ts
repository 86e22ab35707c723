import type { Knex } from 'knex';
import { fromJson } from '../json';
import type { ObjectDigest } from './ObjectDigest';

/** The kept observations of a cluster, from which its watches resume. */
export async function findObservations(
  tx: Knex,
  cluster: string,
): Promise<{ digests: ObjectDigest[]; cursors: Record<string, string> }> {
  const objects = (await tx('observed_objects')
    .where({ cluster })
    .orderBy('object')) as Array<{ digest: string }>;
  const cursors = (await tx('watch_cursors').where({ cluster })) as Array<{
    kind: string;
    resource_version: string;
  }>;
  return {
    digests: objects.map(({ digest }) => fromJson<ObjectDigest>(digest)),
    cursors: Object.fromEntries(
      cursors.map(({ kind, resource_version }) => [kind, resource_version]),
    ),
  };
}

/** Deletes the kept observations of a cluster. */
export async function deleteObservations(
  tx: Knex.Transaction,
  cluster: string,
): Promise<void> {
  await tx('observed_objects').where({ cluster }).delete();
  await tx('watch_cursors').where({ cluster }).delete();
}
