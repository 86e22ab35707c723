import type { Knex } from 'knex';
import { closeVersion } from '../temporal';

/** Records that an environment does not roll out in waves any more. */
export async function closeRollout(
  tx: Knex.Transaction,
  key: { app: string; environment: string },
  at: Date,
): Promise<boolean> {
  return closeVersion(tx, 'rollouts', {
    subject: `${key.app}/${key.environment}`,
    at,
  });
}
