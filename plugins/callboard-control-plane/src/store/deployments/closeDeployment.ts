import type { Knex } from 'knex';
import { closeVersion } from '../temporal';
import { type DeploymentKey, subjectOf } from './DeploymentRecord';

/** Records that a deployment is gone from its cluster. */
export async function closeDeployment(
  tx: Knex.Transaction,
  key: DeploymentKey,
  at: Date,
): Promise<boolean> {
  return closeVersion(tx, 'deployments', { subject: subjectOf(key), at });
}
