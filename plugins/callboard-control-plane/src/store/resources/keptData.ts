import type { DataResource, Problem } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import { fromJson, fromOptionalJson, toJson, toOptionalJson } from '../json';
import { closeVersion, findVersions, writeVersion } from '../temporal';

/** Identifies an app on a cluster that it has left. */
export interface KeptDataKey {
  app: string;
  environment: string;
  cluster: string;
}

/** Data that an app left on a cluster. */
export interface KeptDataRecord extends KeptDataKey {
  resources: DataResource[];
  since: Date;
  /** Requested by a person; the problem says why it is not done yet. */
  deletion?: { by: string; problem?: Problem };
}

/** Records that data is kept, or the state of its deletion. */
export async function saveKeptData(
  tx: Knex.Transaction,
  { app, environment, cluster, resources, since, deletion }: KeptDataRecord,
  at: Date,
): Promise<void> {
  await writeVersion(tx, 'kept_data', {
    about: { subject: subjectOf({ app, environment, cluster }), app, cluster },
    values: {
      app,
      environment,
      cluster,
      resources: toJson(resources),
      kept_since: since.getTime(),
      deleted_by: deletion?.by ?? null,
      problem: toOptionalJson(deletion?.problem),
    },
    at,
  });
}

/** Records that data does not exist any more, or that its app uses it again. */
export async function closeKeptData(
  tx: Knex.Transaction,
  key: KeptDataKey,
  at: Date,
): Promise<void> {
  await closeVersion(tx, 'kept_data', { subject: subjectOf(key), at });
}

/** Data that apps left, by app, environment and cluster. */
export async function findKeptData(
  tx: Knex,
  filter: Partial<KeptDataKey> & { at?: Date } = {},
): Promise<KeptDataRecord[]> {
  const { app, cluster, at, environment } = filter;
  const rows = await findVersions(tx, 'kept_data', { app, cluster, at });
  return rows
    .filter(row => environment === undefined || row.environment === environment)
    .map(row => ({
      app: row.app,
      environment: row.environment,
      cluster: row.cluster,
      resources: fromJson<DataResource[]>(row.resources),
      since: toDate(row.kept_since),
      ...(row.deleted_by !== null && {
        deletion: {
          by: row.deleted_by,
          ...(row.problem !== null && {
            problem: fromOptionalJson<Problem>(row.problem),
          }),
        },
      }),
    }));
}

function subjectOf({ app, environment, cluster }: KeptDataKey): string {
  return `${app}/${environment}/${cluster}`;
}
