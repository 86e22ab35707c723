import type { Problem } from '@callboard/plugin-callboard-common';

/** Progress of a cluster that joins through an agent, and the agent's state. */
export interface AgentProgress {
  registeredAt: Date;
  tokenExpiresAt: Date;
  /** When the token was used. */
  joinedAt?: Date;
  /** When the agent first connected. */
  connectedAt?: Date;
  rights?: AgentRights;
  /** When the cluster first reported its facts. */
  inventoryAt?: Date;
  /** When its blueprint was in place for the first time. */
  readyAt?: Date;
  agentVersion?: string;
  /** False for agents that run beside a cluster: their operator upgrades them. */
  runsInCluster: boolean;
  upgrade?: AgentUpgradeRecord;
}

/** The cluster's last report about the rights of its agent. */
export interface AgentRights {
  /** RFC 3339. */
  checkedAt: string;
  /** sha256 of the requested rights. */
  wanted: string;
  /** `patch deployments.apps`; empty when none is missing. */
  missing: string[];
  /** Why the rights could not be checked. */
  problem?: Problem;
}

/** A newer agent that was sent to a cluster. */
export interface AgentUpgradeRecord {
  version: string;
  image: string;
  /** RFC 3339. */
  startedAt: string;
  /** Why it did not start. */
  problem?: Problem;
}
