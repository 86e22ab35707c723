import type { TokenScope } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import { toDate } from '../instants';
import type { GitTokenRow } from '../tables';

/** A git token without its secret. */
export interface GitTokenRecord {
  id: string;
  name: string;
  /** Entity reference of the person; for an app's token, of the owner that the app had. */
  holder: string;
  /** The only app that it is valid for. */
  app?: string;
  /** The catalog knew the person; the token is valid only while it still does. */
  inCatalog: boolean;
  /** What it gives access to. */
  scope: TokenScope;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date;
  lastUsedAt?: Date;
  revoked?: { at: Date; by: string };
}

/** The token with this hash, including one that has ended. */
export async function findGitTokenByHash(
  tx: Knex,
  hash: string,
): Promise<GitTokenRecord | undefined> {
  const row = await tx('git_tokens').where({ hash }).first();
  return row && toRecord(row);
}

/** One token by its id, including one that has ended. */
export async function findGitToken(
  tx: Knex,
  id: string,
): Promise<GitTokenRecord | undefined> {
  const row = await tx('git_tokens').where({ id }).first();
  return row && toRecord(row);
}

/**
 * Tokens that were not revoked, including expired ones, newest first: of one
 * person, of one app, or of the machines of apps that were owned by one of
 * `holders` when the tokens were made.
 */
export async function findLiveGitTokens(
  tx: Knex,
  of: { person: string } | { app: string } | { holders: readonly string[] },
): Promise<GitTokenRecord[]> {
  const query = tx('git_tokens')
    .whereNull('revoked_at')
    .orderBy([{ column: 'created_at', order: 'desc' }, 'id']);
  if ('person' in of) query.where({ holder: of.person }).whereNull('app');
  else if ('app' in of) query.where({ app: of.app });
  else query.whereIn('holder', [...of.holders]).whereNotNull('app');
  const rows: GitTokenRow[] = await query;
  return rows.map(toRecord);
}

function toRecord(row: GitTokenRow): GitTokenRecord {
  return {
    id: row.id,
    name: row.name,
    holder: row.holder,
    ...(row.app !== null && { app: row.app }),
    inCatalog: Boolean(row.in_catalog),
    scope: row.scope,
    createdBy: row.created_by,
    createdAt: toDate(row.created_at),
    expiresAt: toDate(row.expires_at),
    ...(row.last_used_at !== null && { lastUsedAt: toDate(row.last_used_at) }),
    ...(row.revoked_at !== null && {
      revoked: { at: toDate(row.revoked_at), by: row.revoked_by ?? '' },
    }),
  };
}
