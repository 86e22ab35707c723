import type { ClusterFile } from '@callboard/plugin-callboard-common';
import type { PublicKey, Report } from '@callboard/tunnel';

/** A cluster whose agent dials out. */
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

/** The last recorded sequence of an agent's journal, and the number of entries that were added. */
export interface RecordedReport {
  sequence: number;
  recorded: number;
}

/** The agents that may connect. Kept in the database; holds no secret: only the sha256 of a join token. */
export interface AgentRegistry {
  find(cluster: string): Promise<AgentRecord | undefined>;
  list(): Promise<AgentRecord[]>;
  /**
   * Consumes the token and binds the agent's key, in one step: of two agents
   * with the same token only one can join. The same key with the same token has
   * joined already.
   */
  join(
    request: { cluster: string; tokenHash: string; agentKey: PublicKey },
    now: Date,
  ): Promise<JoinOutcome>;
  /** Returns the clusters of agents that are revoked or unknown, or whose cluster is bound to another key by now. */
  findRevoked(
    agents: ReadonlyArray<{ cluster: string; agentKey: PublicKey }>,
  ): Promise<string[]>;
  /**
   * Writes events of a cluster from the time without a hub into the journal, in
   * their order and each entry once, however often it is sent.
   */
  record(cluster: string, report: Report, now: Date): Promise<RecordedReport>;
}
