import type { Knex } from 'knex';
import { toDate, toOptionalDate } from '../instants';
import { fromOptionalJson, toOptionalJson } from '../json';
import type { ClusterAgentRow } from '../tables';
import {
  closeVersion,
  findVersion,
  findVersions,
  writeVersion,
} from '../temporal';
import type {
  AgentProgress,
  AgentRights,
  AgentUpgradeRecord,
} from './AgentProgress';

/** Records the state of a cluster's agent from `at` on. */
export async function saveAgentProgress(
  tx: Knex.Transaction,
  cluster: string,
  progress: AgentProgress,
  at: Date,
): Promise<boolean> {
  const { changed } = await writeVersion(tx, 'cluster_agents', {
    about: { subject: cluster, cluster },
    values: {
      cluster,
      registered_at: progress.registeredAt.getTime(),
      token_expires_at: progress.tokenExpiresAt.getTime(),
      joined_at: progress.joinedAt?.getTime() ?? null,
      connected_at: progress.connectedAt?.getTime() ?? null,
      rights: toOptionalJson(progress.rights),
      inventory_at: progress.inventoryAt?.getTime() ?? null,
      ready_at: progress.readyAt?.getTime() ?? null,
      agent_version: progress.agentVersion ?? null,
      runs_in_cluster: progress.runsInCluster ? 1 : 0,
      upgrade: toOptionalJson(progress.upgrade),
    },
    at,
  });
  return changed;
}

/** Records that a cluster has no agent any more. */
export async function closeAgentProgress(
  tx: Knex.Transaction,
  cluster: string,
  at: Date,
): Promise<void> {
  await closeVersion(tx, 'cluster_agents', { subject: cluster, at });
}

/** State of a cluster's agent, now or at an instant. */
export async function findAgentProgress(
  tx: Knex,
  cluster: string,
  at?: Date,
): Promise<AgentProgress | undefined> {
  const row = await findVersion(tx, 'cluster_agents', { subject: cluster, at });
  return row && toProgress(row);
}

/** State of the agents of all clusters that join through one, by name. */
export async function findAllAgentProgress(
  tx: Knex,
  at?: Date,
): Promise<Map<string, AgentProgress>> {
  const rows = await findVersions(tx, 'cluster_agents', { at });
  return new Map(rows.map(row => [row.cluster, toProgress(row)]));
}

function toProgress(row: ClusterAgentRow): AgentProgress {
  const joinedAt = toOptionalDate(row.joined_at);
  const connectedAt = toOptionalDate(row.connected_at);
  const inventoryAt = toOptionalDate(row.inventory_at);
  const readyAt = toOptionalDate(row.ready_at);
  const rights = fromOptionalJson<AgentRights>(row.rights);
  const upgrade = fromOptionalJson<AgentUpgradeRecord>(row.upgrade);
  return {
    registeredAt: toDate(row.registered_at),
    tokenExpiresAt: toDate(row.token_expires_at),
    ...(joinedAt && { joinedAt }),
    ...(connectedAt && { connectedAt }),
    ...(rights && { rights }),
    ...(inventoryAt && { inventoryAt }),
    ...(readyAt && { readyAt }),
    ...(row.agent_version !== null && { agentVersion: row.agent_version }),
    runsInCluster: Number(row.runs_in_cluster) === 1,
    ...(upgrade && { upgrade }),
  };
}
