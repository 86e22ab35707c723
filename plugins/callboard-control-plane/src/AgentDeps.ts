import type {
  AgentEvents,
  AgentRegistry,
  TunnelHub,
} from '@callboard/plugin-callboard-clusters-node';
import type { KubeObject, Result } from '@callboard/plugin-callboard-common';

/** How agents reach this portal, as their manifest says it. */
export interface AgentAddress {
  /** `wss://portal.example/api/callboard/agents/connect`. */
  hubUrl: string;
  hubKey: string;
  /** PEM of who signed the certificate there, where that is not commonly known. */
  hubCa?: string;
  /** What `kubectl apply -f` reads. */
  manifestUrlOf(cluster: string, token: string): string;
}

/** The image that agents run. */
export interface AgentImage {
  /** With its digest, so that the same manifest is the same agent. */
  image: string;
  version: string;
  /** Where the registry asks who pulls. */
  pullSecret?: KubeObject;
}

/** What clusters that dial out need of this process. */
export interface AgentDeps {
  hub: Pick<TunnelHub, 'linkOf' | 'connected' | 'revoke'>;
  registry: AgentRegistry;
  events: Pick<AgentEvents, 'listen'>;
  /** A problem where agents cannot be told how to come here safely. */
  address: Result<AgentAddress>;
  /** Of the agents that this portal brings. */
  version: string;
  /** Builds it where it is not there yet; a problem where it can neither be built nor is named. */
  findImage(signal: AbortSignal): Promise<Result<AgentImage>>;
  /** How long an agent may take to come back as a newer one; 5 min when omitted. */
  upgradeDeadlineMs?: number;
}
