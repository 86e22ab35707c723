import type { Knex } from 'knex';
import { toJson } from '../json';
import type { RevisionRecord } from './RevisionRecord';

/** Records a pushed commit after those pushed before. @returns its position; `undefined` when it is known already */
export async function insertRevision(
  tx: Knex.Transaction,
  revision: Omit<RevisionRecord, 'position'>,
): Promise<number | undefined> {
  const { app, commit } = revision;
  const known = await tx('revisions').where({ app, commit }).first('position');
  if (known) return undefined;
  const last = (await tx('revisions')
    .where({ app })
    .max({ position: 'position' })
    .first()) as { position: number | null } | undefined;
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
