import type { ClusterFile } from '@callboard/plugin-callboard-common';

/** A cluster as an inventory describes it. */
export interface InventoryCluster {
  file: ClusterFile;
  /** Address of its API server, where the inventory has one: fields of a cluster in a kubeconfig. */
  address?: { server: string; [field: string]: unknown };
  /** Name of the access provider that issues its credentials (ClusterProfile). */
  provider?: string;
}

/** The clusters of an inventory, and messages about entries that were left out. */
export interface InventoryReading {
  clusters: InventoryCluster[];
  /** Messages for the log. */
  complaints: string[];
}
