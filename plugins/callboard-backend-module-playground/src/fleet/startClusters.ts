import { type NodePortHost, type PodRuntime, SimFleet } from '@callboard/sim';
import type { VolumeFolders } from '../databases/VolumeFolders';
import type { SimulatedCluster } from './SimulatedCluster';
import { clusterNodes } from './clusterNodes';

export interface FleetOptions {
  clusters: readonly SimulatedCluster[];
  /** A free port when 0. */
  port: number;
  dataDir: string;
  /** First and last node port. The clusters share them, because they share this machine. */
  nodePortRange: [number, number];
  nodePortHost: NodePortHost;
  volumes: VolumeFolders;
  runtimes: PodRuntime[];
}

/** Starts simulated clusters behind one port of loopback; they continue from the state in the folder. */
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
      // For people who watch: a crashed container restarts soon, and a lost connection is
      // noticed soon.
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
