import type { DecisionGroupSpec } from '@callboard/plugin-callboard-common';
import type { Rollout } from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson, toJson } from '../json';
import type { BlueprintRolloutRow } from '../tables';
import { findVersion, findVersions, writeVersion } from '../temporal';

/** A rollout of a blueprint version over the clusters that follow it, with its whole state. */
export interface BlueprintRolloutRecord {
  blueprint: string;
  /** By blueprint, from 1. */
  number: number;
  /** The version that it rolls out. */
  version: number;
  /** The version of the fleet before, to which a rollback returns. */
  before?: number;
  /** The same by channel; clusters that name only the blueprint are under an empty name. */
  targetsBefore: Record<string, number>;
  startedBy: string;
  startedAt: Date;
  why: string;
  /** When nothing was left to do, or another rollout replaced it. */
  finishedAt?: Date;
  /** How clusters are grouped, in order. */
  decisionGroups: DecisionGroupSpec[];
  /** By cluster, the start (ms) of the contact that was last taken into account. */
  contacts: Record<string, number>;
  /** By cluster, apps (`app/environment`) that were not healthy before its turn: they do not block the rollout. */
  unwell: Record<string, string[]>;
  /** The complete state of the pure state machine. */
  rollout: Rollout;
}

/** Rollouts of one blueprint, or of all; newest first. */
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

/** Unfinished rollouts, at most one per blueprint: by blueprint. */
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
