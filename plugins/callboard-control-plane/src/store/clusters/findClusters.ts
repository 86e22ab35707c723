import type { Knex } from 'knex';
import type {
  ClusterConnectionStatus,
  ClusterFile,
} from '@callboard/plugin-callboard-common';
import { fromJson } from '../json';
import type { ClusterRow } from '../tables';
import { findVersion, findVersions } from '../temporal';
import type { ClusterRecord } from './ClusterRecord';

/** Every cluster, by name. */
export async function findClusters(
  tx: Knex,
  at?: Date,
): Promise<ClusterRecord[]> {
  const rows = await findVersions(tx, 'clusters', { at });
  return rows.map(toRecord);
}

/** One cluster, if there is such. */
export async function findCluster(
  tx: Knex,
  name: string,
  at?: Date,
): Promise<ClusterRecord | undefined> {
  const row = await findVersion(tx, 'clusters', { subject: name, at });
  return row && toRecord(row);
}

function toRecord(row: ClusterRow): ClusterRecord {
  return {
    name: row.name,
    source: row.source,
    connectionKind: row.connection_kind as ClusterConnectionStatus['kind'],
    livenessDeadlineMs: row.liveness_deadline_ms,
    file: fromJson<ClusterFile>(row.file),
  };
}
