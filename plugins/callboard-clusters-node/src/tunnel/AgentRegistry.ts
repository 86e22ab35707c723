import type { ClusterFile } from '@callboard/plugin-callboard-common';
import type { PublicKey, Report } from '@callboard/tunnel';

/** A cluster that joins by dialing out. */
export type AgentRecord = {
  file: ClusterFile;
  tokenHash: string;
  tokenExpiresAt: Date;
  registeredAt: Date;
} & (
  | { state: 'registered' }
  | { state: 'joined'; agentKey: PublicKey; joinedAt: Date }
  | { state: 'revoked'; agentKey?: PublicKey; revokedAt: Date }
);

export type JoinOutcome =
  | 'joined'
  | 'token-wrong'
  | 'token-used'
  | 'token-expired'
  | 'agent-unknown';

/** How far an agent's journal is in the record, and how much of it came just now. */
export interface RecordedReport {
  sequence: number;
  recorded: number;
}

/** Who may dial in. Kept by the record; holds no secret: of a join token only its sha256. */
export interface AgentRegistry {
  find(cluster: string): Promise<AgentRecord | undefined>;
  list(): Promise<AgentRecord[]>;
  /**
   * Uses the token up and binds the agent's key, in one step: of two agents that
   * show the same token only one gets in. The same key with the same token is in already.
   */
  join(
    request: { cluster: string; tokenHash: string; agentKey: PublicKey },
    now: Date,
  ): Promise<JoinOutcome>;
  /** Clusters of those agents that are revoked, not known any more, or whose place another key has by now. */
  findRevoked(
    agents: ReadonlyArray<{ cluster: string; agentKey: PublicKey }>,
  ): Promise<string[]>;
  /**
   * Writes what happened on a cluster while no hub was there into the journal,
   * in its order and each entry once, however often it is told.
   */
  record(cluster: string, report: Report, now: Date): Promise<RecordedReport>;
}
