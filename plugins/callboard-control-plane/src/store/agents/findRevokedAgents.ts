import type { Knex } from 'knex';

const AT_ONCE = 500; // SQLite takes a limited number of parameters

/** Those of the clusters whose agent is revoked, or that nobody invited; sorted. */
export async function findRevokedAgents(
  tx: Knex,
  clusters: readonly string[],
): Promise<string[]> {
  const valid = new Set<string>();
  for (let at = 0; at < clusters.length; at += AT_ONCE) {
    const rows: Array<{ cluster: string }> = await tx('agents')
      .whereIn('cluster', clusters.slice(at, at + AT_ONCE))
      .whereNull('revoked_at')
      .select('cluster');
    rows.forEach(({ cluster }) => valid.add(cluster));
  }
  return clusters.filter(cluster => !valid.has(cluster)).sort();
}
