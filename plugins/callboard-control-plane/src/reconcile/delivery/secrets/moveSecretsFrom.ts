import type { Knex } from 'knex';
import {
  type AppDeploymentKey,
  closeResourceSecret,
  findDeploymentsIn,
  findResourceSecrets,
  saveResourceSecret,
} from '../../../store';

/**
 * Records that a cluster no longer has the generated secrets of an app: another
 * one that has them becomes the first to be asked. Where there is none they are
 * lost, and the next cluster generates new ones.
 */
export async function moveSecretsFrom(
  tx: Knex.Transaction,
  key: AppDeploymentKey,
  at: Date,
): Promise<void> {
  const { cluster } = key;
  const [home] = (await findDeploymentsIn(tx, key))
    .map(other => other.key.cluster)
    .filter(other => other !== cluster);
  for (const each of (await findResourceSecrets(tx, key)).values()) {
    if (each.home !== cluster) continue;
    if (home === undefined) await closeResourceSecret(tx, each, at);
    else await saveResourceSecret(tx, { ...each, home }, at);
  }
}
