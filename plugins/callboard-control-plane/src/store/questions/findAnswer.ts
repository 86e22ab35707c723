import type { Knex } from 'knex';
import { fromOptionalJson } from '../json';

/** The answer, or undefined until there is one. */
export async function findAnswer<T>(
  tx: Knex,
  id: string,
): Promise<T | undefined> {
  const row: { answer: string | null } | undefined = await tx('questions')
    .where({ id })
    .first('answer');
  return fromOptionalJson<T>(row?.answer ?? null);
}
