import { type NodePortHost, type PodRuntime, SimFleet } from '@callboard/sim';
import type { VolumeFolders } from '../databases/VolumeFolders';
import type { SimulatedCluster } from './SimulatedCluster';
import { clusterNodes } from './clusterNodes';

export interface FleetOptions {
  clusters: readonly SimulatedCluster[];
  /** A free one when 0. */
  port: number;
  dataDir: string;
  /** First and last node port. The clusters share them, as they share this machine. */
  nodePortRange: [number, number];
  nodePortHost: NodePortHost;
  volumes: VolumeFolders;
  runtimes: PodRuntime[];
}

/** Starts simulated clusters behind one port of loopback; they go on from what the folder holds. */
export async function startClusters(options: FleetOptions): Promise<SimFleet> {
  const { clusters, port, dataDir } = options;
  const fleet = await SimFleet.listen({ host: '127.0.0.1', port, dataDir });
  for (const { file, token, isOn } of clusters) {
    const { name } = file.metadata;
    const cluster = fleet.addCluster({
      name,
      version: file.spec.claims?.version,
      nodes: clusterNodes(file),
      token,
      nodePortRange: options.nodePortRange,
      nodePortHost: options.nodePortHost,
      volumeHost: options.volumes,
      runtimes: options.runtimes,
      hasMetrics: true,
      // A person watches: a crash is tried again soon, and silence is noticed soon.
      timing: { crashBackOffMs: 2_000, crashBackOffMaxMs: 10_000 },
      bookmarkEveryMs: 5_000,
    });
    const claims = cluster
      .dump()
      .filter(({ kind }) => kind === 'PersistentVolumeClaim');
    await options.volumes.retain(
      name,
      new Set(claims.map(({ metadata }) => metadata.uid ?? '')),
    );
    cluster.setPower(isOn);
  }
  return fleet;
}
