import type {
  AgentEvents,
  AgentRegistry,
  TunnelHub,
} from '@callboard/plugin-callboard-clusters-node';
import type { KubeObject, Result } from '@callboard/plugin-callboard-common';

/** How agents reach this portal, as written in their manifest. */
export interface AgentAddress {
  /** `wss://portal.example/api/callboard/agents/connect`. */
  hubUrl: string;
  hubKey: string;
  /** PEM of the CA of the certificate there, where it is not publicly trusted. */
  hubCa?: string;
  /** URL of the manifest for `kubectl apply -f`. */
  manifestUrlOf(cluster: string, token: string): string;
}

/** The image that agents run. */
export interface AgentImage {
  /** With its digest, so that the same manifest always runs the same agent. */
  image: string;
  version: string;
  /** Credentials, where the registry requires them. */
  pullSecret?: KubeObject;
}

/** What clusters with an agent need of this process. */
export interface AgentDeps {
  hub: Pick<TunnelHub, 'linkOf' | 'connected' | 'revoke'>;
  registry: AgentRegistry;
  events: Pick<AgentEvents, 'listen'>;
  /** A problem where agents have no safe address of this portal. */
  address: Result<AgentAddress>;
  /** Version of the agents that this portal installs. */
  version: string;
  /** Builds the image where it does not exist yet; a problem where it can neither be built nor is configured. */
  findImage(signal: AbortSignal): Promise<Result<AgentImage>>;
  /** How long the upgrade of an agent may take until it reconnects; 5 min when omitted. */
  upgradeDeadlineMs?: number;
}
