import type {
  ObservedState,
  ObservedVersion,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson, toJson } from '../json';
import type { ObservedPlacementRow } from '../tables';
import { closeVersion, findVersions, writeVersion } from '../temporal';

/** The state of an observed component on a cluster. */
export interface ObservedPlacementRecord {
  entityRef: string;
  cluster: string;
  state: ObservedState;
}

/** Records an observation from `at` on; without a state, that nothing is there any more. */
export async function saveObservedPlacement(
  tx: Knex.Transaction,
  {
    entityRef,
    cluster,
    state,
  }: Omit<ObservedPlacementRecord, 'state'> & { state?: ObservedState },
  at: Date,
): Promise<void> {
  const subject = `${entityRef}@${cluster}`;
  if (!state) {
    await closeVersion(tx, 'observed_placements', { subject, at });
    return;
  }
  await writeVersion(tx, 'observed_placements', {
    about: { subject, cluster },
    values: { entity_ref: entityRef, cluster, state: toJson(state) },
    at,
  });
}

/** Observed components on a cluster. */
export async function findObservedOnCluster(
  tx: Knex,
  cluster: string,
): Promise<ObservedPlacementRecord[]> {
  const rows = await findVersions(tx, 'observed_placements', { cluster });
  return rows.map(toRecord);
}

/** Where a component runs, or ran at an instant, by cluster. */
export async function findObservedPlacements(
  tx: Knex,
  { entityRef, at }: { entityRef: string; at?: Date },
): Promise<ObservedPlacementRecord[]> {
  const query = tx('observed_placements')
    .where({ entity_ref: entityRef })
    .orderBy('cluster');
  if (at === undefined) query.whereNull('valid_to');
  else
    query
      .where('valid_from', '<=', at.getTime())
      .where(open =>
        open.whereNull('valid_to').orWhere('valid_to', '>', at.getTime()),
      );
  return ((await query) as ObservedPlacementRow[]).map(toRecord);
}

/**
 * Observations of a component, by cluster and time; an end without a successor
 * is a version without a state.
 *
 * @param options.most - maximum number of rows; the newest
 * @returns also whether these are all
 */
export async function findObservedVersions(
  tx: Knex,
  { entityRef, at, most }: { entityRef: string; at?: Date; most: number },
): Promise<{ versions: ObservedVersion[]; isWhole: boolean }> {
  const query = tx('observed_placements')
    .where({ entity_ref: entityRef })
    .orderBy('valid_from', 'desc')
    .limit(most);
  if (at) query.where('valid_from', '<=', at.getTime());
  const rows = ((await query) as ObservedPlacementRow[]).reverse();
  const begins = new Set(
    rows.map(({ cluster, valid_from }) => `${cluster} ${valid_from}`),
  );
  const versions = rows.flatMap((row): ObservedVersion[] => {
    const { cluster, valid_to: end } = row;
    const isOver =
      end !== null &&
      !begins.has(`${cluster} ${end}`) &&
      (at === undefined || Number(end) <= at.getTime());
    return [
      { cluster, from: toDate(row.valid_from), state: toRecord(row).state },
      ...(isOver ? [{ cluster, from: toDate(end) }] : []),
    ];
  });
  return {
    versions: versions.sort((a, b) => a.from.getTime() - b.from.getTime()),
    isWhole: rows.length < most,
  };
}

function toRecord(row: ObservedPlacementRow): ObservedPlacementRecord {
  return {
    entityRef: row.entity_ref,
    cluster: row.cluster,
    state: fromJson<ObservedState>(row.state),
  };
}
