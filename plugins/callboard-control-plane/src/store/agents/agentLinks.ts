import type { Knex } from 'knex';

const AT_ONCE = 300; // SQLite takes a limited number of parameters

/** Records that this process holds these links now. Repeated at intervals while the links are open. */
export async function saveAgentLinks(
  tx: Knex,
  links: { holder: string; clusters: readonly string[] },
  now: Date,
): Promise<void> {
  const rows = links.clusters.map(cluster => ({
    cluster,
    holder: links.holder,
    seen_at: now.getTime(),
  }));
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    await tx('agent_links')
      .insert(rows.slice(at, at + AT_ONCE))
      .onConflict('cluster')
      .merge(['holder', 'seen_at']);
  }
}

/** Records that this process no longer holds the link. A newer entry of another process is kept. */
export async function dropAgentLink(
  tx: Knex,
  link: { holder: string; cluster: string },
): Promise<void> {
  await tx('agent_links').where(link).delete();
}

/** Clusters whose agent is connected to another process, by entries since then; sorted. */
export async function findLinksElsewhere(
  tx: Knex,
  { holder, since }: { holder: string; since: Date },
): Promise<string[]> {
  const rows: Array<{ cluster: string }> = await tx('agent_links')
    .whereNot({ holder })
    .where('seen_at', '>', since.getTime())
    .orderBy('cluster')
    .select('cluster');
  return rows.map(({ cluster }) => cluster);
}
