import type { Knex } from 'knex';

/** Takes back one, and all that nobody waits for any more: who asked them died. */
export async function dropQuestions(
  tx: Knex,
  { id, before }: { id: string; before: Date },
): Promise<void> {
  await tx('questions')
    .where({ id })
    .orWhere('asked_at', '<', before.getTime())
    .delete();
}
