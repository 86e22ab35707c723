import type { KeptVersion } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { fromJson, toJson } from '../json';
import { findVersions, writeVersion } from '../temporal';

/** Blueprint versions that were active at some time, in the form in which they are used. */
export async function findKeptVersions(tx: Knex): Promise<KeptVersion[]> {
  const rows = await findVersions(tx, 'blueprint_versions', {});
  return rows.map(({ digest, file }) => ({ digest, file: fromJson(file) }));
}

/** Records a version when it is first seen, and later changes of its state, channels and description. */
export async function saveKeptVersion(
  tx: Knex.Transaction,
  { digest, file }: KeptVersion,
  at: Date,
): Promise<void> {
  const { name } = file.metadata;
  const { version } = file.spec;
  await writeVersion(tx, 'blueprint_versions', {
    about: { subject: `${name}/${version}` },
    values: { name, version, digest, file: toJson(file) },
    at,
  });
}

/** The desired blueprint and version of each cluster: by cluster. */
export async function findBlueprintsInUse(
  tx: Knex,
): Promise<Map<string, { name: string; version: number }>> {
  const rows: Array<{ cluster: string; name: string; version: number }> =
    await tx('deployments')
      .where({ kind: 'blueprint' })
      .whereNull('valid_to')
      .whereNotNull('desired_release')
      .select('cluster', 'name', { version: 'desired_release' });
  return new Map(
    rows.map(({ cluster, name, version }) => [cluster, { name, version }]),
  );
}
