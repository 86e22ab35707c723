import type { Knex } from 'knex';
import type { GitTokenRecord } from './findGitTokens';

/** A token that is made now. */
export interface NewGitToken
  extends Omit<GitTokenRecord, 'lastUsedAt' | 'revoked'> {
  /** sha256 of the token, in hex. */
  hash: string;
}

/**
 * Lets nobody else make a token until the transaction ends: what is counted after
 * this is what there is. Making one writes to the journal, whose writers take
 * their turn by the same row.
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
