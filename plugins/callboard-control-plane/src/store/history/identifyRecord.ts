import type { Knex } from 'knex';

const ONLY = 1;

/**
 * The identity of this database, written at the first call and never again. A
 * backup has the identity of what it was made of.
 *
 * @param proposed - what it is called where it has no identity yet
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
