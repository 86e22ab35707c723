import type { Knex } from 'knex';
import { toJson } from '../json';

/** Answers, where somebody still waits. */
export async function answerQuestion(
  tx: Knex,
  { id, answer }: { id: string; answer: unknown },
): Promise<void> {
  await tx('questions')
    .where({ id })
    .update({ answer: toJson(answer) });
}
