import type { Knex } from 'knex';
import { closeVersion } from '../temporal';

/** Closes the facts and contact of a cluster that is gone: another cluster of the same name starts without them. */
export async function forgetContact(
  tx: Knex.Transaction,
  cluster: string,
  at: Date,
): Promise<void> {
  await closeVersion(tx, 'cluster_contacts', { subject: cluster, at });
  await closeVersion(tx, 'cluster_facts', { subject: cluster, at });
  await tx('cluster_heartbeats').where({ cluster }).delete();
}
