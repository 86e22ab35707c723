import type { Knex } from 'knex';

const AT_ONCE = 500; // SQLite takes a limited number of parameters

/** A connected agent and the key that it presented. */
export interface ConnectedAgent {
  cluster: string;
  agentKey: string;
}

/** Clusters of those agents that are revoked, not registered, or registered with another key by now; sorted. */
export async function findRevokedAgents(
  tx: Knex,
  agents: readonly ConnectedAgent[],
): Promise<string[]> {
  const valid = new Map<string, string | null>();
  for (let at = 0; at < agents.length; at += AT_ONCE) {
    const rows: Array<{ cluster: string; agent_key: string | null }> = await tx(
      'agents',
    )
      .whereIn(
        'cluster',
        agents.slice(at, at + AT_ONCE).map(({ cluster }) => cluster),
      )
      .whereNull('revoked_at')
      .select('cluster', 'agent_key');
    rows.forEach(row => valid.set(row.cluster, row.agent_key));
  }
  return agents
    .filter(({ cluster, agentKey }) => valid.get(cluster) !== agentKey)
    .map(({ cluster }) => cluster)
    .sort();
}
