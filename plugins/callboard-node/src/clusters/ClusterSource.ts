import type {
  ClusterConnectionStatus,
  ClusterFile,
} from '@callboard/plugin-callboard-common';
import type { ClusterTransport } from './ClusterTransport';

/** How long a cluster may be silent by default: as long as Kubernetes waits for a node (node-monitor-grace-period). */
export const DEFAULT_LIVENESS_MS = 40_000;

/** A cluster as its source provides it. */
export interface RegisteredCluster {
  file: ClusterFile;
  connectionKind: ClusterConnectionStatus['kind'];
  /** Whether Callboard may change it; `deliver` when omitted. An observed cluster gets no apps and no blueprint. */
  access?: 'deliver' | 'observe';
  /** Called again after a transport was closed. May throw a ProblemError to refuse (a kubeconfig with `exec`). */
  openTransport(): Promise<ClusterTransport>;
  /** After this silence the state of the cluster is stale. */
  livenessDeadlineMs: number;
}

/** A source of clusters: configuration, the playground, registered agents. */
export interface ClusterSource {
  readonly name: string;
  listClusters(): Promise<RegisteredCluster[]>;
  /** Notifies whenever `listClusters` would return a different list. */
  onChange?(listener: () => void): void;
}
