import type { Knex } from 'knex';
import { closeVersion } from '../temporal';

/** Records that no app has this name any more. Its releases, journal and history are kept. */
export async function closeApp(
  tx: Knex.Transaction,
  name: string,
  at: Date,
): Promise<boolean> {
  return closeVersion(tx, 'apps', { subject: name, at });
}
