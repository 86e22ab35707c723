import type { BlueprintRef } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { findVersion, findVersions, writeVersion } from '../temporal';

const LOCK = { fact: 'blueprint_rollouts', subject: '' };

/** The version that rollouts set for clusters that follow a blueprint, by its name or a channel. */
export interface BlueprintTarget {
  name: string;
  /** Empty for clusters that name only the blueprint. */
  channel: string;
  version: number;
}

export async function findBlueprintTargets(
  tx: Knex,
  at?: Date,
): Promise<BlueprintTarget[]> {
  const rows = await findVersions(tx, 'blueprint_targets', { at });
  return rows.map(({ name, channel, version }) => ({ name, channel, version }));
}

/** @returns `undefined` before the first cluster follows it */
export async function findBlueprintTarget(
  tx: Knex,
  { name, channel = '' }: BlueprintRef,
): Promise<number | undefined> {
  const row = await findVersion(tx, 'blueprint_targets', {
    subject: `${name}/${channel}`,
  });
  return row?.version;
}

export async function saveBlueprintTarget(
  tx: Knex.Transaction,
  { name, channel, version }: BlueprintTarget,
  at: Date,
): Promise<void> {
  await writeVersion(tx, 'blueprint_targets', {
    about: { subject: `${name}/${channel}` },
    values: { name, channel, version },
    at,
  });
}

/**
 * Keeps other callers from stepping or steering a blueprint rollout until the
 * transaction ends. Reads must come after this call.
 */
export async function lockBlueprints(tx: Knex.Transaction): Promise<void> {
  await tx('subjects')
    .insert({ ...LOCK, app: null, cluster: null })
    .onConflict(['fact', 'subject'])
    .ignore();
  await tx('subjects').where(LOCK).forUpdate().first('subject');
}
