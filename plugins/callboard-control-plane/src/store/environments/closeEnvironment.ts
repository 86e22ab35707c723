import type { Knex } from 'knex';
import { closeVersion } from '../temporal';

/** Records that an environment of an app has no release, placement, rollout or operation settings any more. */
export async function closeEnvironment(
  tx: Knex.Transaction,
  key: { app: string; environment: string },
  at: Date,
): Promise<void> {
  const subject = `${key.app}/${key.environment}`;
  for (const fact of [
    'environment_releases',
    'placements',
    'rollouts',
    'environment_operations',
  ] as const)
    await closeVersion(tx, fact, { subject, at });
}
