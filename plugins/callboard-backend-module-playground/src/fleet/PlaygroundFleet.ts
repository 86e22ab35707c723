import { openHttpsTransport } from '@callboard/plugin-callboard-clusters-node';
import type {
  ClusterSource,
  RegisteredCluster,
} from '@callboard/plugin-callboard-node';
import type { PlaygroundWorker } from '../worker/PlaygroundWorker';

/**
 * The simulated clusters of the playground, as a source of clusters: reached
 * over HTTP on loopback with a token, by the same code that reaches real ones.
 */
export class PlaygroundFleet implements ClusterSource {
  readonly name = 'playground';
  readonly #worker: Pick<
    PlaygroundWorker,
    'clusters' | 'urlOf' | 'switchPower'
  >;
  readonly #livenessDeadlineMs: number;

  constructor(options: {
    worker: Pick<PlaygroundWorker, 'clusters' | 'urlOf' | 'switchPower'>;
    livenessDeadlineMs: number;
  }) {
    this.#worker = options.worker;
    this.#livenessDeadlineMs = options.livenessDeadlineMs;
  }

  async listClusters(): Promise<RegisteredCluster[]> {
    return this.#worker.clusters.map(({ file, token }) => {
      const { name } = file.metadata;
      const url = this.#worker.urlOf(name);
      return {
        file,
        connectionKind: 'playground',
        livenessDeadlineMs: this.#livenessDeadlineMs,
        openTransport: async () => openHttpsTransport(name, { url, token }),
      };
    });
  }

  /** Returns undefined for a cluster that the playground does not simulate. */
  isOn(cluster: string): boolean | undefined {
    return this.#worker.clusters.find(
      ({ file }) => file.metadata.name === cluster,
    )?.isOn;
  }

  switchPower(cluster: string, on: boolean): Promise<void> {
    return this.#worker.switchPower(cluster, on);
  }
}
