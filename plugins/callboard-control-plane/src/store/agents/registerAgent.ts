import type { ClusterFile } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';

export interface Registration {
  file: ClusterFile;
  tokenHash: string;
  tokenExpiresAt: Date;
}

/**
 * Registers a cluster's agent that was never registered, or that is revoked. Of
 * two concurrent registrations one gets `false`.
 */
export async function registerAgent(
  tx: Knex,
  registration: Registration,
  now: Date,
): Promise<boolean> {
  const row = rowOf(registration, now);
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

/** Gives an agent that is not revoked a new token: its older token and key are no longer valid. */
export async function renewAgent(
  tx: Knex,
  registration: Registration,
  now: Date,
): Promise<boolean> {
  const { cluster, ...changes } = rowOf(registration, now);
  const changed = await tx('agents')
    .where({ cluster })
    .whereNull('revoked_at')
    .update(changes);
  return changed === 1;
}

function rowOf(registration: Registration, now: Date) {
  return {
    cluster: registration.file.metadata.name,
    file: JSON.stringify(registration.file),
    token_hash: registration.tokenHash,
    token_expires_at: registration.tokenExpiresAt.getTime(),
    registered_at: now.getTime(),
    agent_key: null,
    joined_at: null,
    revoked_at: null,
  };
}
