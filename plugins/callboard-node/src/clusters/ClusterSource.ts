import type {
  ClusterConnectionStatus,
  ClusterFile,
} from '@callboard/plugin-callboard-common';
import type { ClusterTransport } from './ClusterTransport';

/** How long a cluster may be silent where nobody says otherwise: as long as Kubernetes waits for a node (node-monitor-grace-period). */
export const DEFAULT_LIVENESS_MS = 40_000;

/** A cluster as a source hands it over. */
export interface RegisteredCluster {
  file: ClusterFile;
  connectionKind: ClusterConnectionStatus['kind'];
  /** Whether Callboard may change it; `deliver` when omitted. On one that is observed nothing is placed, and it gets no blueprint. */
  access?: 'deliver' | 'observe';
  /** Called again after a transport was closed. May refuse by throwing a ProblemError (a kubeconfig with `exec`). */
  openTransport(): Promise<ClusterTransport>;
  /** After this silence everything known of the cluster is stale. */
  livenessDeadlineMs: number;
}

/** Where clusters come from: configuration, the playground, registered agents. */
export interface ClusterSource {
  readonly name: string;
  listClusters(): Promise<RegisteredCluster[]>;
  /** Calls back whenever `listClusters` would answer differently. */
  onChange?(listener: () => void): void;
}
