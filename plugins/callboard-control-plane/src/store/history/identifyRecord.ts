import type { Knex } from 'knex';

const ONLY = 1;

/**
 * Returns the identity of this database, which the first call writes and
 * nothing changes later. A backup has the identity of its original.
 *
 * @param proposed - the identity to write where there is none yet
 */
export async function identifyRecord(
  tx: Knex,
  proposed: string,
): Promise<string> {
  await tx('record_identity')
    .insert({ id: ONLY, identity: proposed })
    .onConflict('id')
    .ignore();
  const row = (await tx('record_identity').where({ id: ONLY }).first()) as {
    identity: string;
  };
  return row.identity;
}
