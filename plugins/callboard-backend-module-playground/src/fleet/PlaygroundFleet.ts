import type { ClusterFile } from '@callboard/plugin-callboard-common';
import {
  type ClusterSource,
  type RegisteredCluster,
  openHttpsTransport,
} from '@callboard/plugin-callboard-control-plane';
import { type NodePortHost, type PodRuntime, SimFleet } from '@callboard/sim';
import { clusterNodes } from './clusterNodes';

export interface PlaygroundFleetOptions {
  clusters: ClusterFile[];
  dataDir: string;
  livenessDeadlineMs: number;
  /** First and last node port. The clusters share them, as they share this machine. */
  nodePortRange: [number, number];
  nodePortHost: NodePortHost;
  runtime: PodRuntime;
  newToken: () => string;
}

/**
 * The simulated clusters of the playground, as a source of clusters like any
 * other: reached over HTTP on loopback with a token, by the very code that
 * reaches real ones.
 */
export class PlaygroundFleet implements ClusterSource {
  readonly name = 'playground';
  readonly #fleet: SimFleet;
  readonly #clusters: ReadonlyMap<string, RegisteredCluster>;

  static async start(
    options: PlaygroundFleetOptions,
  ): Promise<PlaygroundFleet> {
    const fleet = await SimFleet.listen({
      host: '127.0.0.1',
      port: 0,
      dataDir: options.dataDir,
    });
    const clusters = new Map<string, RegisteredCluster>();
    const files = [...options.clusters].sort((a, b) =>
      a.metadata.name < b.metadata.name ? -1 : 1,
    );
    files.forEach(file => {
      const { name } = file.metadata;
      const token = options.newToken();
      fleet.addCluster({
        name,
        version: file.spec.claims?.version,
        nodes: clusterNodes(file),
        token,
        nodePortRange: options.nodePortRange,
        nodePortHost: options.nodePortHost,
        runtimes: [options.runtime],
        // A person watches: a crash is tried again soon, and silence is noticed soon.
        timing: { crashBackOffMs: 2_000, crashBackOffMaxMs: 10_000 },
        bookmarkEveryMs: 5_000,
      });
      clusters.set(name, {
        file,
        connectionKind: 'playground',
        livenessDeadlineMs: options.livenessDeadlineMs,
        openTransport: async () =>
          openHttpsTransport(name, { url: fleet.urlOf(name), token }),
      });
    });
    return new PlaygroundFleet(fleet, clusters);
  }

  private constructor(
    fleet: SimFleet,
    clusters: ReadonlyMap<string, RegisteredCluster>,
  ) {
    this.#fleet = fleet;
    this.#clusters = clusters;
  }

  async listClusters(): Promise<RegisteredCluster[]> {
    return [...this.#clusters.values()];
  }

  /** Undefined for a cluster that the playground does not simulate. */
  isOn(cluster: string): boolean | undefined {
    return this.#clusters.has(cluster)
      ? this.#fleet.cluster(cluster).isOn
      : undefined;
  }

  switchPower(cluster: string, on: boolean): void {
    this.#fleet.cluster(cluster).setPower(on);
  }

  async close(): Promise<void> {
    await this.#fleet.close();
  }
}
