import type { Knex } from 'knex';
import type { ProvenanceRow } from '../tables';

/** The provenance statement of the images of a commit: JSON. */
export async function findProvenance(
  tx: Knex,
  { app, commit }: { app: string; commit: string },
): Promise<string | undefined> {
  const row = (await tx('provenances')
    .where({ app, commit })
    .first('statement')) as Pick<ProvenanceRow, 'statement'> | undefined;
  return row?.statement;
}

export async function insertProvenance(
  tx: Knex.Transaction,
  { app, commit, statement }: ProvenanceRow,
): Promise<void> {
  await tx('provenances')
    .insert({ app, commit, statement })
    .onConflict(['app', 'commit'])
    .ignore();
}
