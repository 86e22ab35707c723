import type { Knex } from 'knex';
import { toJson } from '../json';
import type { RevisionRow } from '../tables';
import type { RevisionRecord } from './RevisionRecord';

/**
 * Records a pushed commit after those pushed before. A known commit is recorded
 * again only where `main` was moved back to it: it is the head of `main`, and
 * another one was pushed last, or its app was deleted since.
 *
 * @returns its position; `undefined` when there is nothing to record
 */
export async function insertRevision(
  tx: Knex.Transaction,
  revision: Omit<RevisionRecord, 'position'>,
  { isHead, isNew = false }: { isHead: boolean; isNew?: boolean },
): Promise<number | undefined> {
  const { app, commit } = revision;
  const known = await tx('revisions').where({ app, commit }).first('position');
  if (known && !isHead && !isNew) return undefined;
  const last = (await tx('revisions')
    .where({ app })
    .orderBy('position', 'desc')
    .first('position', 'commit')) as
    | Pick<RevisionRow, 'position' | 'commit'>
    | undefined;
  if (last?.commit === commit && !isNew) return undefined;
  const position = (last?.position ?? 0) + 1;
  await tx('revisions').insert({
    app,
    commit,
    position,
    message: revision.message,
    author: revision.author,
    pushed_by: revision.pushedBy,
    pushed_at: revision.pushedAt.getTime(),
    spec: toJson(revision.spec),
  });
  return position;
}
