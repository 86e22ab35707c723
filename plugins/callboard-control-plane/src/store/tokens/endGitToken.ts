import type { Knex } from 'knex';

/** Ends a token. @returns false where it was revoked already */
export async function revokeGitToken(
  tx: Knex.Transaction,
  { id, by }: { id: string; by: string },
  at: Date,
): Promise<boolean> {
  const count = await tx('git_tokens')
    .where({ id })
    .whereNull('revoked_at')
    .update({ revoked_at: at.getTime(), revoked_by: by });
  return count > 0;
}

/** Records that a token was used, unless a use at or after `unlessSince` is recorded. */
export async function markGitTokenUsed(
  tx: Knex,
  { id, unlessSince }: { id: string; unlessSince: Date },
  at: Date,
): Promise<void> {
  await tx('git_tokens')
    .where({ id })
    .where(used =>
      used
        .whereNull('last_used_at')
        .orWhere('last_used_at', '<', unlessSince.getTime()),
    )
    .update({ last_used_at: at.getTime() });
}

/** Removes tokens that ended before an instant, by expiry or by revocation. */
export async function forgetGitTokens(tx: Knex, before: Date): Promise<void> {
  await tx('git_tokens')
    .where('expires_at', '<', before.getTime())
    .orWhere('revoked_at', '<', before.getTime())
    .delete();
}
