import type { Knex } from 'knex';
import type { AddressClaimRecord } from './AddressClaimRecord';

/** Claims on these hosts, of this app, or all of them; sorted by host and path. */
export async function findAddressClaims(
  knex: Knex,
  of?: { hosts: readonly string[] } | { app: string },
): Promise<AddressClaimRecord[]> {
  const query = knex<AddressClaimRecord>('address_claims')
    .select('host', 'path', 'app', 'environment')
    .orderBy(['host', 'path']);
  if (!of) return query;
  if ('app' in of) return query.where({ app: of.app });
  return of.hosts.length === 0
    ? []
    : query.whereIn('host', [...new Set(of.hosts)]);
}
