import type { Knex } from 'knex';
import { closeVersion } from '../temporal';

/** Records that an environment does not roll out in waves any more. Does nothing where there is no rollout. */
export async function closeRollout(
  tx: Knex.Transaction,
  key: { app: string; environment: string },
  at: Date,
): Promise<boolean> {
  const subject = `${key.app}/${key.environment}`;
  const current = await tx('rollouts')
    .where({ subject })
    .whereNull('valid_to')
    .first('release');
  return current ? closeVersion(tx, 'rollouts', { subject, at }) : false;
}
