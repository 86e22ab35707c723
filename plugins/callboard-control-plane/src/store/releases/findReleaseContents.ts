import type { Knex } from 'knex';
import { fromJson } from '../json';
import type { ReleaseRow } from '../tables';
import type { ReleaseContent } from './ReleaseRecord';

const PER_QUERY = 300; // two values each; SQLite takes 999 in all

/** What releases are made of; keys are `app/number`. */
export async function findReleaseContents(
  tx: Knex,
  wanted: ReadonlyArray<{ app: string; number: number }>,
): Promise<Map<string, ReleaseContent>> {
  const contents = new Map<string, ReleaseContent>();
  for (let start = 0; start < wanted.length; start += PER_QUERY) {
    const pairs = wanted
      .slice(start, start + PER_QUERY)
      .map(({ app, number }) => [app, number]);
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
