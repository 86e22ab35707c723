import type { ClusterFile } from '@callboard/plugin-callboard-common';

/** A cluster as an inventory describes it. */
export interface InventoryCluster {
  file: ClusterFile;
  /** Where its API server is, where the inventory says so: fields of a cluster in a kubeconfig. */
  address?: { server: string; [field: string]: unknown };
  /** Name of the access provider that gives credentials there (ClusterProfile). */
  provider?: string;
}

/** What an inventory has: its clusters, and what of it could not be taken. */
export interface InventoryReading {
  clusters: InventoryCluster[];
  /** Sentences for the log. */
  complaints: string[];
}
