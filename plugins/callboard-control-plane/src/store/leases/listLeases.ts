import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { LeaseRow } from '../tables';

export interface Lease {
  name: string;
  holder: string;
  expiresAt: Date;
}

/** All leases and their holders. */
export async function listLeases(tx: Knex): Promise<Lease[]> {
  const rows = (await tx('leases').orderBy('name')) as LeaseRow[];
  return rows.map(({ name, holder, expires_at }) => ({
    name,
    holder,
    expiresAt: toDate(expires_at),
  }));
}
