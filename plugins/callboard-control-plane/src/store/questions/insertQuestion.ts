import type { Knex } from 'knex';
import type { Question } from './Question';

/** Asks. Anyone who reaches the cluster looks for questions every second or so. */
export async function insertQuestion(
  tx: Knex,
  { id, kind, cluster, app, environment }: Question,
  now: Date,
): Promise<void> {
  const asked = { id, kind, cluster, app, environment };
  await tx('questions').insert({ ...asked, asked_at: now.getTime() });
}
