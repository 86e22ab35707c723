import type { Knex } from 'knex';
import type { LeaseRow } from '../tables';
import type { Fence } from './Fence';

/**
 * Extends all leases of a holder, in one write however many there are.
 *
 * @returns the leases it still holds, with their tokens
 */
export async function renewLeases(
  knex: Knex,
  claim: { holder: string; now: Date; ttlMs: number },
): Promise<Fence[]> {
  const { holder, now, ttlMs } = claim;
  const held = (await knex('leases')
    .where({ holder })
    .where('expires_at', '>', now.getTime())
    .update({ expires_at: now.getTime() + ttlMs })
    .returning(['name', 'token'])) as LeaseRow[];
  return held.map(({ name, token }) => ({ lease: name, token }));
}
