import type { Knex } from 'knex';
import { fromJson } from '../json';
import type { ReleaseRow } from '../tables';
import type { ReleaseContent, ReleaseRecord } from './ReleaseRecord';
import { pairsOf } from './pairsOf';

/** Contents of releases, and the renderer that they were made with; keys are `app/number`. */
export async function findReleaseContents(
  tx: Knex,
  wanted: ReadonlyArray<{ app: string; number: number }>,
): Promise<Map<string, Pick<ReleaseRecord, 'renderer' | 'content'>>> {
  const contents = new Map<
    string,
    Pick<ReleaseRecord, 'renderer' | 'content'>
  >();
  for (const pairs of pairsOf(wanted)) {
    const rows = (await tx('releases')
      .whereIn(['app', 'number'], pairs)
      .select('app', 'number', 'renderer', 'content')) as Array<
      Pick<ReleaseRow, 'app' | 'number' | 'renderer' | 'content'>
    >;
    for (const { app, number, renderer, content } of rows)
      contents.set(`${app}/${number}`, {
        renderer,
        content: fromJson<ReleaseContent>(content),
      });
  }
  return contents;
}
