import type { Knex } from 'knex';
import type {
  ClusterConnectionStatus,
  ClusterFile,
} from '@callboard/plugin-callboard-common';
import { fromJson } from '../json';
import { memoizeText } from '../memoizeText';
import type { ClusterRow } from '../tables';
import { findVersion, findVersions } from '../temporal';
import { findHandLabels, withHandLabels } from './clusterLabels';
import type { ClusterAssignment, ClusterRecord } from './ClusterRecord';

const KEPT_CHARACTERS = 2_000_000; // enough for a thousand clusters

const readFile = memoizeText(fromJson<ClusterFile>, KEPT_CHARACTERS);

/** All clusters with their effective labels, by name. */
export async function findClusters(
  tx: Knex,
  at?: Date,
): Promise<ClusterRecord[]> {
  const rows = await findVersions(tx, 'clusters', { at });
  const byHand = await findHandLabels(tx, { at });
  return rows.map(row => withHandLabels(toRecord(row), byHand.get(row.name)));
}

/** One cluster with its effective labels, if it exists. */
export async function findCluster(
  tx: Knex,
  name: string,
  at?: Date,
): Promise<ClusterRecord | undefined> {
  const row = await findVersion(tx, 'clusters', { subject: name, at });
  if (!row) return undefined;
  const byHand = await findHandLabels(tx, { cluster: name, at });
  return withHandLabels(toRecord(row), byHand.get(name));
}

function toRecord(row: ClusterRow): ClusterRecord {
  return {
    name: row.name,
    source: row.source,
    connectionKind: row.connection_kind as ClusterConnectionStatus['kind'],
    livenessDeadlineMs: row.liveness_deadline_ms,
    file: readFile(row.file),
    ...(row.assignment !== null && {
      assignment: fromJson<ClusterAssignment>(row.assignment),
    }),
  };
}
