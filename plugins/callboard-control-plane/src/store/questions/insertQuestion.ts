import type { Knex } from 'knex';
import { toOptionalJson } from '../json';
import type { Question } from './Question';

/** Inserts a question. Processes that reach the cluster poll for questions about once a second. */
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
