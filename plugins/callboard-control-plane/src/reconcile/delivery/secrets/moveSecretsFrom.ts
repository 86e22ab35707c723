import type { Knex } from 'knex';
import {
  type DeploymentKey,
  closeResourceSecret,
  findDeployments,
  findResourceSecrets,
  saveResourceSecret,
} from '../../../store';

/**
 * Records that a cluster has the generated secrets of an app no more: another
 * one that has them is asked for them first from now on. Where there is none
 * they are gone, and the next cluster draws new ones.
 */
export async function moveSecretsFrom(
  tx: Knex.Transaction,
  key: Extract<DeploymentKey, { kind: 'app' }>,
  at: Date,
): Promise<void> {
  const { app, environment, cluster } = key;
  const others = (await findDeployments(tx, { app }))
    .filter(
      other =>
        other.key.kind === 'app' &&
        other.key.environment === environment &&
        other.key.cluster !== cluster,
    )
    .map(other => other.key.cluster)
    .sort();
  for (const each of (await findResourceSecrets(tx, key)).values()) {
    if (each.home !== cluster) continue;
    const [home] = others;
    if (home === undefined) await closeResourceSecret(tx, each, at);
    else await saveResourceSecret(tx, { ...each, home }, at);
  }
}
