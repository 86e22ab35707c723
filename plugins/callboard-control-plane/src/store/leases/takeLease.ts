import type { Knex } from 'knex';
import type { Fence } from './Fence';
import type { LeaseRow } from '../tables';

export interface LeaseClaim {
  name: string;
  holder: string;
  now: Date;
  ttlMs: number;
}

/**
 * Takes a lease that is free, has expired, or belongs to this holder, and
 * returns its new token; `undefined` where another process holds it.
 *
 * A holder that takes its own lease again gets a new token too: writes that it
 * began before (a process that was killed and restarted) are refused.
 */
export async function takeLease(
  knex: Knex,
  claim: LeaseClaim,
): Promise<Fence | undefined> {
  const { name, holder, now, ttlMs } = claim;
  const expiresAt = now.getTime() + ttlMs;
  return knex.transaction(async tx => {
    const lease = (await tx('leases').where({ name }).forUpdate().first()) as
      | LeaseRow
      | undefined;
    if (!lease) {
      const inserted = await tx('leases')
        .insert({ name, holder, token: 1, expires_at: expiresAt })
        .onConflict('name')
        .ignore()
        .returning('token');
      return inserted.length > 0 ? { lease: name, token: 1 } : undefined;
    }
    if (lease.holder !== holder && Number(lease.expires_at) > now.getTime())
      return undefined;
    const token = lease.token + 1;
    await tx('leases')
      .where({ name })
      .update({ holder, token, expires_at: expiresAt });
    return { lease: name, token };
  });
}
