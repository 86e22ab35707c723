import type { Knex } from 'knex';
import { closeVersion } from '../temporal';

/**
 * What a cluster that is gone said of itself, and when it was in contact, holds no
 * more: another one of its name begins as a stranger.
 */
export async function forgetContact(
  tx: Knex.Transaction,
  cluster: string,
  at: Date,
): Promise<void> {
  await closeVersion(tx, 'cluster_contacts', { subject: cluster, at });
  await closeVersion(tx, 'cluster_facts', { subject: cluster, at });
  await tx('cluster_heartbeats').where({ cluster }).delete();
}
