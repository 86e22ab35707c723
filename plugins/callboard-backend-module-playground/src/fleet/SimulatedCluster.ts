import type { ClusterFile } from '@callboard/plugin-callboard-common';

/** A cluster that the playground simulates. */
export interface SimulatedCluster {
  file: ClusterFile;
  /** Lets a caller do anything on it. */
  token: string;
  /** Off: as if its plug were pulled. */
  isOn: boolean;
}
