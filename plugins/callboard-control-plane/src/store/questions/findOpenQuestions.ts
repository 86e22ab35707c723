import type { Knex } from 'knex';
import { fromOptionalJson } from '../json';
import type { LogFilter, Question } from './Question';

type QuestionRow = Omit<Question, 'filter'> & { filter: string | null };

const MOST = 20; // per poll; a caller waits for a few seconds only

/** Questions without an answer that were asked since then, oldest first. */
export async function findOpenQuestions(
  tx: Knex,
  since: Date,
): Promise<Question[]> {
  const rows: QuestionRow[] = await tx('questions')
    .whereNull('answer')
    .where('asked_at', '>', since.getTime())
    .orderBy([{ column: 'asked_at' }, { column: 'id' }])
    .limit(MOST)
    .select('id', 'kind', 'cluster', 'app', 'environment', 'filter');
  return rows.map(({ filter, ...asked }) => ({
    ...asked,
    filter: fromOptionalJson<LogFilter>(filter),
  }));
}
