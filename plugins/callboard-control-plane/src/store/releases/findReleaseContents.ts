import type { Knex } from 'knex';
import { fromJson } from '../json';
import type { ReleaseRow } from '../tables';
import type { ReleaseContent } from './ReleaseRecord';
import { pairsOf } from './pairsOf';

/** What releases are made of; keys are `app/number`. */
export async function findReleaseContents(
  tx: Knex,
  wanted: ReadonlyArray<{ app: string; number: number }>,
): Promise<Map<string, ReleaseContent>> {
  const contents = new Map<string, ReleaseContent>();
  for (const pairs of pairsOf(wanted)) {
    const rows = (await tx('releases')
      .whereIn(['app', 'number'], pairs)
      .select('app', 'number', 'content')) as Array<
      Pick<ReleaseRow, 'app' | 'number' | 'content'>
    >;
    for (const { app, number, content } of rows)
      contents.set(`${app}/${number}`, fromJson<ReleaseContent>(content));
  }
  return contents;
}
