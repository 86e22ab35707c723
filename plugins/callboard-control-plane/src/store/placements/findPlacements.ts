import type { Knex } from 'knex';
import {
  type PlacementDecision,
  readPlacementReason,
  readPlacementRemedy,
} from '@callboard/plugin-callboard-common';
import { toDate } from '../instants';
import { fromJson } from '../json';
import { memoizeText } from '../memoizeText';
import type { PlacementRow } from '../tables';
import { findVersion, findVersions } from '../temporal';
import type { PlacementRecord } from './PlacementRecord';

const KEPT_CHARACTERS = 8_000_000; // enough for 200 environments on 200 clusters each

/** Reasons may come from another version: one without a sentence here says so. */
const readDecision = memoizeText((text): PlacementDecision => {
  const written = fromJson<PlacementDecision>(text);
  return {
    ...written,
    notes: written.notes.map(readPlacementReason),
    verdicts: written.verdicts.map(verdict => ({
      ...verdict,
      reasons: verdict.reasons.map(readPlacementReason),
      ...(verdict.remedy && { remedy: readPlacementRemedy(verdict.remedy) }),
    })),
  };
}, KEPT_CHARACTERS);

/** Decisions of one app (or of all), by app and environment. */
export async function findPlacements(
  tx: Knex,
  filter: { app?: string; at?: Date } = {},
): Promise<PlacementRecord[]> {
  const rows = await findVersions(tx, 'placements', filter);
  return rows.map(toRecord);
}

/** The decision for one environment of an app, if there is one. */
export async function findPlacement(
  tx: Knex,
  key: { app: string; environment: string },
  at?: Date,
): Promise<PlacementRecord | undefined> {
  const row = await findVersion(tx, 'placements', {
    subject: `${key.app}/${key.environment}`,
    at,
  });
  return row && toRecord(row);
}

/** The version of the recorded decision for one environment of an app, without reading the decision. */
export async function findPlacementVersion(
  tx: Knex,
  { app, environment }: { app: string; environment: string },
): Promise<Pick<PlacementRecord, 'release' | 'decidedAt'> | undefined> {
  const row = await tx('placements')
    .where({ subject: `${app}/${environment}` })
    .whereNull('valid_to')
    .first('release', 'valid_from');
  return row && { release: row.release, decidedAt: toDate(row.valid_from) };
}

/** When each decision was made, by app and environment, without reading them. */
export async function findPlacementVersions(
  tx: Knex,
): Promise<Array<Pick<PlacementRecord, 'app' | 'environment' | 'decidedAt'>>> {
  const rows = await tx('placements')
    .whereNull('valid_to')
    .orderBy('subject')
    .select('app', 'environment', 'valid_from');
  return rows.map(({ app, environment, valid_from: from }) => ({
    app,
    environment,
    decidedAt: toDate(from),
  }));
}

function toRecord(row: PlacementRow): PlacementRecord {
  return {
    app: row.app,
    environment: row.environment,
    release: row.release,
    decision: readDecision(row.decision),
    decidedAt: toDate(row.valid_from),
  };
}
