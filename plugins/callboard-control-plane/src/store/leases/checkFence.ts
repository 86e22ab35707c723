import type { Knex } from 'knex';
import { type Fence, LeaseLostError } from './Fence';

/**
 * Fails the transaction unless the lease is still held with that token. The row
 * stays locked until the transaction ends, so that no other process can take
 * the lease in between (SQLite has one writer anyway).
 */
export async function checkFence(
  tx: Knex.Transaction,
  fence: Fence,
): Promise<void> {
  const query = tx('leases')
    .where({ name: fence.lease, token: fence.token })
    .first('token');
  const held = await (isPostgres(tx) ? query.forShare() : query);
  if (!held) throw new LeaseLostError(fence);
}

function isPostgres(tx: Knex): boolean {
  return String(tx.client.config.client).includes('pg');
}
