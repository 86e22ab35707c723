import type { Knex } from 'knex';
import { toJson } from '../json';

/** Answers a question that is still open. */
export async function answerQuestion(
  tx: Knex,
  { id, answer }: { id: string; answer: unknown },
): Promise<void> {
  await tx('questions')
    .where({ id })
    .update({ answer: toJson(answer) });
}
