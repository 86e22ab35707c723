import type { ClusterFile } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';

export interface Invitation {
  file: ClusterFile;
  tokenHash: string;
  tokenExpiresAt: Date;
}

/**
 * Invites a cluster's agent: one that was never invited, or that is revoked. Of
 * two that invite the same one at once one gets `false`.
 */
export async function inviteAgent(
  tx: Knex,
  invitation: Invitation,
  now: Date,
): Promise<boolean> {
  const row = rowOf(invitation, now);
  const inserted = await tx('agents')
    .insert(row)
    .onConflict('cluster')
    .ignore()
    .returning('cluster');
  if (inserted.length > 0) return true;
  const { cluster, ...changes } = row;
  const taken = await tx('agents')
    .where({ cluster })
    .whereNotNull('revoked_at')
    .update(changes);
  return taken === 1;
}

/** Gives an agent that is not revoked a new token: its older token and key count no more. */
export async function reinviteAgent(
  tx: Knex,
  invitation: Invitation,
  now: Date,
): Promise<boolean> {
  const { cluster, ...changes } = rowOf(invitation, now);
  const changed = await tx('agents')
    .where({ cluster })
    .whereNull('revoked_at')
    .update(changes);
  return changed === 1;
}

function rowOf(invitation: Invitation, now: Date) {
  return {
    cluster: invitation.file.metadata.name,
    file: JSON.stringify(invitation.file),
    token_hash: invitation.tokenHash,
    token_expires_at: invitation.tokenExpiresAt.getTime(),
    invited_at: now.getTime(),
    agent_key: null,
    joined_at: null,
    revoked_at: null,
  };
}
