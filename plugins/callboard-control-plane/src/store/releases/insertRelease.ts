import type { Knex } from 'knex';
import { toJson } from '../json';
import type { ReleaseRecord } from './ReleaseRecord';

/**
 * Records a release under the next number of its app.
 *
 * @returns the number; the existing one when the revision already has a release
 */
export async function insertRelease(
  tx: Knex.Transaction,
  release: Omit<ReleaseRecord, 'number'>,
): Promise<number> {
  const { app, position } = release;
  const known = (await tx('releases')
    .where({ app, position })
    .first('number')) as { number: number } | undefined;
  if (known) return known.number;
  const last = (await tx('releases')
    .where({ app })
    .max({ number: 'number' })
    .first()) as { number: number | null };
  const number = (last.number ?? 0) + 1;
  await tx('releases').insert({
    app,
    number,
    commit: release.commit,
    position,
    message: release.message,
    author: release.author,
    created_by: release.createdBy,
    created_at: release.createdAt.getTime(),
    renderer: release.renderer,
    content: toJson(release.content),
  });
  return number;
}
