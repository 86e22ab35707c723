import type { Knex } from 'knex';
import { closeVersion } from '../temporal';

/** Records that there is no app of this name any more. Its releases, its journal and its past are kept. */
export async function closeApp(
  tx: Knex.Transaction,
  name: string,
  at: Date,
): Promise<boolean> {
  return closeVersion(tx, 'apps', { subject: name, at });
}
