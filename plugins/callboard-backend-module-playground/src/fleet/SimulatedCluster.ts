import type { ClusterFile } from '@callboard/plugin-callboard-common';

/** A cluster that the playground simulates. */
export interface SimulatedCluster {
  file: ClusterFile;
  /** Token with every permission on it. */
  token: string;
  /** Off: as if it had lost power. */
  isOn: boolean;
}
