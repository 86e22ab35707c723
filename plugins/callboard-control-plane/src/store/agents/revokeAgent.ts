import type { Knex } from 'knex';

/**
 * Revokes a cluster's agent. The first time counts; an agent that was never
 * registered stays unknown.
 *
 * @returns whether anything changed
 */
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
