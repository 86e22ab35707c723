import type { ClusterFile } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';

/** Invites a cluster's agent, or invites it anew: an older token, key or revocation of that cluster counts no more. */
export async function inviteAgent(
  tx: Knex,
  invitation: { file: ClusterFile; tokenHash: string; tokenExpiresAt: Date },
  now: Date,
): Promise<void> {
  const row = {
    cluster: invitation.file.metadata.name,
    file: JSON.stringify(invitation.file),
    token_hash: invitation.tokenHash,
    token_expires_at: invitation.tokenExpiresAt.getTime(),
    invited_at: now.getTime(),
    agent_key: null,
    joined_at: null,
    revoked_at: null,
  };
  await tx('agents').insert(row).onConflict('cluster').merge();
}
