import type { Knex } from 'knex';
import { toOptionalJson } from '../json';
import type { Question } from './Question';

/** Asks. Anyone who reaches the cluster looks for questions every second or so. */
export async function insertQuestion(
  tx: Knex,
  { id, kind, cluster, app, environment, filter }: Question,
  now: Date,
): Promise<void> {
  const asked = { id, kind, cluster, app, environment };
  await tx('questions').insert({
    ...asked,
    filter: toOptionalJson(filter),
    asked_at: now.getTime(),
  });
}
