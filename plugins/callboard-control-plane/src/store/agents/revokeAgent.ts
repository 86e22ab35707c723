import type { Knex } from 'knex';

/** Lets a cluster's agent in no more. The first time counts; anyone who was never registered stays unknown. @returns whether anything changed */
export async function revokeAgent(
  tx: Knex,
  cluster: string,
  now: Date,
): Promise<boolean> {
  const changed = await tx('agents')
    .where({ cluster })
    .whereNull('revoked_at')
    .update({ revoked_at: now.getTime() });
  return changed === 1;
}
