import type { Problem } from '@callboard/plugin-callboard-common';

/** Progress of a cluster that joins by dialing out, and what is known of its agent. */
export interface AgentProgress {
  registeredAt: Date;
  tokenExpiresAt: Date;
  /** When the token was used. */
  joinedAt?: Date;
  /** When it was connected for the first time. */
  connectedAt?: Date;
  rights?: AgentRights;
  /** When the cluster first said what it is. */
  inventoryAt?: Date;
  /** When its blueprint was in place for the first time. */
  readyAt?: Date;
  agentVersion?: string;
  /** False for agents that somebody runs beside a cluster: those are upgraded by anyone who runs them. */
  runsInCluster: boolean;
  upgrade?: AgentUpgradeRecord;
}

/** What the cluster said about the rights of its agent. */
export interface AgentRights {
  /** RFC 3339. */
  checkedAt: string;
  /** sha256 of the rights that were asked for. */
  wanted: string;
  /** `patch deployments.apps`; empty when none is missing. */
  missing: string[];
  /** Why nothing could be found out. */
  problem?: Problem;
}

/** A newer agent that was sent to a cluster. */
export interface AgentUpgradeRecord {
  version: string;
  image: string;
  /** RFC 3339. */
  startedAt: string;
  /** Why it did not come. */
  problem?: Problem;
}
