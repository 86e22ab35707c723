import type { BlueprintRef } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { findVersion, findVersions, writeVersion } from '../temporal';

const LOCK = { fact: 'blueprint_rollouts', subject: '' };

/** The version that rollouts brought clusters to that follow a blueprint, by its name or a channel. */
export interface BlueprintTarget {
  name: string;
  /** Empty for clusters that name the blueprint only. */
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

/** @returns `undefined` before a first cluster followed */
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
 * Lets nobody else step or steer a rollout of a blueprint until the transaction
 * ends. What is read must be read after this.
 */
export async function lockBlueprints(tx: Knex.Transaction): Promise<void> {
  await tx('subjects')
    .insert({ ...LOCK, app: null, cluster: null })
    .onConflict(['fact', 'subject'])
    .ignore();
  await tx('subjects').where(LOCK).forUpdate().first('subject');
}
