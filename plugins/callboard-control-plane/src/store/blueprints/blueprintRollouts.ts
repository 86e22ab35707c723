import type { DecisionGroupSpec } from '@callboard/plugin-callboard-common';
import type { Rollout } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson, toJson } from '../json';
import type { BlueprintRolloutRow } from '../tables';
import { findVersion, findVersions, writeVersion } from '../temporal';

/** A version of a blueprint on its way over the clusters that follow it, with its whole state. */
export interface BlueprintRolloutRecord {
  blueprint: string;
  /** By blueprint, from 1. */
  number: number;
  /** What it brings. */
  version: number;
  /** What the fleet was brought to before, and what rolling back goes to. */
  before?: number;
  /** The same by channel; of those that name the blueprint only under an empty name. */
  targetsBefore: Record<string, number>;
  startedBy: string;
  startedAt: Date;
  why: string;
  /** When nothing was left to do, or another rollout took its place. */
  finishedAt?: Date;
  /** By which clusters come in groups, in their order. */
  decisionGroups: DecisionGroupSpec[];
  /** By cluster, since when (ms) the contact holds that was last taken in. */
  contacts: Record<string, number>;
  /** By cluster, apps (`app/environment`) that were not healthy before its turn: they hold nothing up. */
  unwell: Record<string, string[]>;
  /** The state of the pure machine, whole. */
  rollout: Rollout;
}

/** All rollouts of one blueprint, or of all; the newest first. */
export async function findBlueprintRollouts(
  tx: Knex,
  { blueprint, at }: { blueprint?: string; at?: Date } = {},
): Promise<BlueprintRolloutRecord[]> {
  const rows = await findVersions(tx, 'blueprint_rollouts', { at });
  return rows
    .map(toRecord)
    .filter(each => blueprint === undefined || each.blueprint === blueprint)
    .sort((a, b) => b.number - a.number);
}

export async function findBlueprintRollout(
  tx: Knex,
  { blueprint, number }: { blueprint: string; number: number },
  at?: Date,
): Promise<BlueprintRolloutRecord | undefined> {
  const row = await findVersion(tx, 'blueprint_rollouts', {
    subject: `${blueprint}/${number}`,
    at,
  });
  return row && toRecord(row);
}

/** Those that have not come to their end, at most one of a blueprint: by blueprint. */
export async function findBlueprintRolloutsUnderWay(
  tx: Knex,
): Promise<Map<string, BlueprintRolloutRecord>> {
  const rows = (await tx('blueprint_rollouts')
    .whereNull('valid_to')
    .whereNull('finished_at')
    .orderBy('number')) as BlueprintRolloutRow[];
  return new Map(rows.map(row => [row.blueprint, toRecord(row)]));
}

export async function saveBlueprintRollout(
  tx: Knex.Transaction,
  record: BlueprintRolloutRecord,
  at: Date,
): Promise<boolean> {
  const { blueprint, number } = record;
  const { changed } = await writeVersion(tx, 'blueprint_rollouts', {
    about: { subject: `${blueprint}/${number}` },
    values: {
      blueprint,
      number,
      version: record.version,
      version_before: record.before ?? null,
      targets_before: toJson(record.targetsBefore),
      started_by: record.startedBy,
      started_at: record.startedAt.getTime(),
      why: record.why,
      finished_at: record.finishedAt?.getTime() ?? null,
      decision_groups: toJson(record.decisionGroups),
      contacts: toJson(record.contacts),
      unwell: toJson(record.unwell),
      state: toJson(record.rollout),
    },
    at,
  });
  return changed;
}

function toRecord(row: BlueprintRolloutRow): BlueprintRolloutRecord {
  return {
    blueprint: row.blueprint,
    number: row.number,
    version: row.version,
    ...(row.version_before !== null && { before: row.version_before }),
    targetsBefore: fromJson<Record<string, number>>(row.targets_before),
    startedBy: row.started_by,
    startedAt: toDate(row.started_at),
    why: row.why,
    ...(row.finished_at !== null && { finishedAt: toDate(row.finished_at) }),
    decisionGroups: fromJson<DecisionGroupSpec[]>(row.decision_groups),
    contacts: fromJson<Record<string, number>>(row.contacts),
    unwell: fromJson<Record<string, string[]>>(row.unwell),
    rollout: fromJson<Rollout>(row.state),
  };
}
