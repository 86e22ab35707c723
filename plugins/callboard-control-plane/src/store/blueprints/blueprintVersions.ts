import type { KeptVersion } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { fromJson, toJson } from '../json';
import { findVersions, writeVersion } from '../temporal';

/** Versions of blueprints that were active once, as they are used. */
export async function findKeptVersions(tx: Knex): Promise<KeptVersion[]> {
  const rows = await findVersions(tx, 'blueprint_versions', {});
  return rows.map(({ digest, file }) => ({ digest, file: fromJson(file) }));
}

/** Records a version at first sight, and later its state, channels and words. */
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

/** Which version of which blueprint each cluster shall run: by cluster. */
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
