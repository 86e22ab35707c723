import type { Knex } from 'knex';
import type {
  ClusterAmounts,
  ResourceAmounts,
} from '@callboard/plugin-callboard-common';
import { fromJson, toJson } from '../json';
import type { ClusterFactsRow } from '../tables';
import { findVersions, writeVersion } from '../temporal';
import type { ClusterFactsRecord } from './ClusterRecord';

/** Records the facts that a cluster reports, from `at` on. */
export async function saveClusterFacts(
  tx: Knex.Transaction,
  cluster: string,
  facts: ClusterFactsRecord,
  at: Date,
): Promise<boolean> {
  const { changed } = await writeVersion(tx, 'cluster_facts', {
    about: { subject: cluster, cluster },
    values: {
      cluster,
      version: facts.version ?? null,
      nodes_ready: facts.nodes.ready,
      nodes_total: facts.nodes.total,
      capacity: toJson(facts.capacity),
      allocatable: toJson(facts.allocatable),
      requested: toJson(facts.requested),
      requested_by_others: facts.requestedByOthers
        ? toJson(facts.requestedByOthers)
        : null,
    },
    at,
  });
  return changed;
}

/** Reported facts of each cluster, by name. */
export async function findClusterFacts(
  tx: Knex,
  at?: Date,
): Promise<Map<string, ClusterFactsRecord>> {
  const rows = await findVersions(tx, 'cluster_facts', { at });
  return new Map(rows.map(row => [row.cluster, toFacts(row)]));
}

function toFacts(row: ClusterFactsRow): ClusterFactsRecord {
  return {
    ...(row.version !== null && { version: row.version }),
    nodes: { ready: row.nodes_ready, total: row.nodes_total },
    capacity: fromJson<ClusterAmounts>(row.capacity),
    allocatable: fromJson<ResourceAmounts>(row.allocatable),
    requested: fromJson<Required<ResourceAmounts>>(row.requested),
    ...(row.requested_by_others !== null && {
      requestedByOthers: fromJson<Required<ResourceAmounts>>(
        row.requested_by_others,
      ),
    }),
  };
}
