import type { Knex } from 'knex';
import type { GitTokenRecord } from './findGitTokens';

/** A new token. */
export interface NewGitToken
  extends Omit<GitTokenRecord, 'lastUsedAt' | 'revoked'> {
  /** sha256 of the token, in hex. */
  hash: string;
}

/**
 * Keeps other callers from making a token until the transaction ends, so that a
 * count after this call stays true. Making one writes to the journal, whose
 * writers are serialized by the same row.
 */
export async function lockGitTokens(tx: Knex.Transaction): Promise<void> {
  await tx('journal_head').where({ id: 1 }).forUpdate().first('id');
}

/** Records a token by its hash. */
export async function insertGitToken(
  tx: Knex.Transaction,
  token: NewGitToken,
): Promise<void> {
  await tx('git_tokens').insert({
    id: token.id,
    hash: token.hash,
    name: token.name,
    holder: token.holder,
    app: token.app ?? null,
    in_catalog: token.inCatalog,
    scope: token.scope,
    created_by: token.createdBy,
    created_at: token.createdAt.getTime(),
    expires_at: token.expiresAt.getTime(),
  });
}
