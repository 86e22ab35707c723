import type { Knex } from 'knex';

/** Deletes one question, and all older ones, whose process died. */
export async function dropQuestions(
  tx: Knex,
  { id, before }: { id: string; before: Date },
): Promise<void> {
  await tx('questions')
    .where({ id })
    .orWhere('asked_at', '<', before.getTime())
    .delete();
}
