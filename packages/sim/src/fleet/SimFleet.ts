import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Clock, systemClock } from '../clock';
import { SimCluster } from './SimCluster';
import type { SimClusterSpec } from './SimClusterSpec';

export interface SimFleetOptions {
  /** A free one when omitted. */
  port?: number;
  /** 127.0.0.1 when omitted. */
  host?: string;
  /** Folder in which clusters keep their objects over restarts; in memory only when omitted. */
  dataDir?: string;
  clock?: Clock;
  /** The same seed gives the same names and outcomes. */
  seed?: number;
}

const PATH = /^\/clusters\/([^/?]+)(\/[^?]*)?(\?.*)?$/;

/** Many simulated clusters behind one port, each below `/clusters/<name>`. */
export class SimFleet {
  readonly #server: Server;
  readonly #options: SimFleetOptions & {
    clock: Clock;
    seed: number;
    host: string;
  };
  readonly #clusters = new Map<string, SimCluster>();

  private constructor(options: SimFleetOptions) {
    this.#options = {
      ...options,
      clock: options.clock ?? systemClock(),
      seed: options.seed ?? 1,
      host: options.host ?? '127.0.0.1',
    };
    this.#server = createServer((request, response) =>
      this.#route(request, response),
    );
    this.#server.keepAliveTimeout = 60_000;
  }

  static async listen(options: SimFleetOptions = {}): Promise<SimFleet> {
    const fleet = new SimFleet(options);
    await new Promise<void>((resolve, reject) => {
      fleet.#server.once('error', reject);
      fleet.#server.listen(options.port ?? 0, fleet.#options.host, resolve);
    });
    return fleet;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://${this.#options.host}:${port}`;
  }

  /** Starts a cluster; with a data folder it continues from the stored state. Names are unique. */
  addCluster(spec: SimClusterSpec): SimCluster {
    if (this.#clusters.has(spec.name))
      throw new Error(`A cluster named "${spec.name}" is there already`);
    const cluster = new SimCluster(spec, this.#options);
    this.#clusters.set(spec.name, cluster);
    return cluster;
  }

  cluster(name: string): SimCluster {
    const cluster = this.#clusters.get(name);
    if (cluster === undefined) throw new Error(`No cluster named "${name}"`);
    return cluster;
  }

  clusters(): SimCluster[] {
    return [...this.#clusters.values()];
  }

  /** The API server's address: `http://127.0.0.1:PORT/clusters/<name>`. */
  urlOf(name: string): string {
    return `${this.url}/clusters/${this.cluster(name).name}`;
  }

  /** A kubeconfig for one cluster, with its token. */
  kubeconfig(name: string): KubeConfig {
    return {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: clusterAt(this.urlOf(name)) }],
      users: [{ name: 'admin', user: { token: this.cluster(name).token } }],
      contexts: [{ name, context: { cluster: name, user: 'admin' } }],
      'current-context': name,
    };
  }

  /** The same for kubectl, which over plain HTTP sends only credentials in the server's URL. */
  kubectlConfig(name: string): KubeConfig {
    const config = this.kubeconfig(name);
    const server = new URL(this.urlOf(name));
    server.username = 'admin';
    server.password = this.cluster(name).token;
    return {
      ...config,
      clusters: [{ name, cluster: clusterAt(server.href) }],
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.clusters().map(cluster => cluster.close()));
    this.#server.closeAllConnections();
    await new Promise<void>(resolve => {
      this.#server.close(() => resolve());
    });
  }

  #route(request: IncomingMessage, response: ServerResponse): void {
    const match = PATH.exec(request.url ?? '');
    const cluster = match === null ? undefined : this.#clusters.get(match[1]);
    if (match === null || cluster === undefined) {
      response.writeHead(404, { 'Content-Type': 'text/plain' });
      response.end('No such cluster\n');
      return;
    }
    const [, name, path, query] = match;
    cluster.handle(request, response, {
      path: `${path ?? '/'}${query ?? ''}`,
      prefix: `/clusters/${name}`,
    });
  }
}

export interface KubeConfig {
  apiVersion: 'v1';
  kind: 'Config';
  clusters: Array<{
    name: string;
    cluster: { server: string; 'insecure-skip-tls-verify': true };
  }>;
  users: Array<{ name: string; user: { token: string } }>;
  contexts: Array<{ name: string; context: { cluster: string; user: string } }>;
  'current-context': string;
}

/** Without the flag, `@kubernetes/client-node` refuses plain HTTP. */
function clusterAt(server: string) {
  return { server, 'insecure-skip-tls-verify': true as const };
}
