import type { AgentRecord } from '@callboard/plugin-callboard-clusters-node';
import type { ClusterFile } from '@callboard/plugin-callboard-common';
import { toDate, toOptionalDate } from '../instants';
import type { Instant } from '../tables';

/** A row of `agents`. */
export interface AgentRow {
  cluster: string;
  file: string;
  token_hash: string;
  token_expires_at: Instant;
  registered_at: Instant;
  agent_key: string | null;
  joined_at: Instant | null;
  revoked_at: Instant | null;
  report_journal: string | null;
  report_sequence: number;
}

export function readAgentRow(row: AgentRow): AgentRecord {
  const registration = {
    file: JSON.parse(row.file) as ClusterFile,
    tokenHash: row.token_hash,
    tokenExpiresAt: toDate(row.token_expires_at),
    registeredAt: toDate(row.registered_at),
  };
  const revokedAt = toOptionalDate(row.revoked_at);
  const joinedAt = toOptionalDate(row.joined_at);
  const agentKey = row.agent_key ?? undefined;
  if (revokedAt)
    return {
      ...registration,
      state: 'revoked',
      revokedAt,
      ...(agentKey && { agentKey }),
    };
  if (agentKey && joinedAt)
    return { ...registration, state: 'joined', agentKey, joinedAt };
  return { ...registration, state: 'registered' };
}
