import type { PushRequest } from '@callboard/plugin-callboard-node';
import type { Knex } from 'knex';
import type { ReleaseRequestRow } from '../tables';

/** Result of the request with this key, where one was recorded. */
export async function findReleaseRequest(
  tx: Knex,
  of: { app: string; key: string },
): Promise<{ digest: string; commit: string } | undefined> {
  const row = (await tx('release_requests')
    .where({ app: of.app, request_key: of.key })
    .first('digest', 'commit')) as
    | Pick<ReleaseRequestRow, 'digest' | 'commit'>
    | undefined;
  return row && { digest: row.digest, commit: row.commit };
}

/** Records the result of a request; the first one with a key counts. */
export async function insertReleaseRequest(
  tx: Knex.Transaction,
  { app, commit, key, digest }: PushRequest & { app: string; commit: string },
): Promise<void> {
  await tx('release_requests')
    .insert({ app, request_key: key, digest, commit })
    .onConflict(['app', 'request_key'])
    .ignore();
}

/** Deletes the release requests of an app: a later app of its name is a different one. */
export async function deleteReleaseRequests(
  tx: Knex.Transaction,
  app: string,
): Promise<void> {
  await tx('release_requests').where({ app }).del();
}
