import { HttpsTransport } from '@callboard/plugin-callboard-clusters-node';
import { ProblemError } from '@callboard/plugin-callboard-common';
import {
  type ClusterRequest,
  type ClusterResponse,
  type ClusterTransport,
  readBodyStart,
} from '@callboard/plugin-callboard-node';
import type { KubernetesPlugin } from './KubernetesPlugin';
import { readProxyProblem } from './readProxyProblem';

const MOST_BYTES = 256 * 1024; // of an error response; a Status has some hundred

/**
 * Reaches an API server through the proxy of Backstage's Kubernetes plugin,
 * which signs in there. Refusals of the proxy are distinguished from those of
 * the API server: its "no such cluster" must never be taken for "no such
 * object".
 */
export class ProxyTransport implements ClusterTransport {
  readonly #cluster: string;
  readonly #proxy: HttpsTransport;

  static async open(
    cluster: string,
    plugin: KubernetesPlugin,
  ): Promise<ProxyTransport> {
    return new ProxyTransport(cluster, plugin, await plugin.getBaseUrl());
  }

  private constructor(
    cluster: string,
    plugin: KubernetesPlugin,
    baseUrl: string,
  ) {
    this.#cluster = cluster;
    // The base URL comes from the operator's own discovery.
    this.#proxy = new HttpsTransport({
      cluster,
      server: `${baseUrl}/proxy`,
      allowPlainHttp: true,
      signIn: { read: async () => ({ token: await plugin.getToken() }) },
    });
  }

  async send(request: ClusterRequest): Promise<ClusterResponse> {
    const response = await this.#proxy.send({
      ...request,
      headers: {
        ...request.headers,
        'backstage-kubernetes-cluster': this.#cluster,
      },
    });
    if (response.status < 400) return response;
    const body = await readBodyStart(response.body, MOST_BYTES);
    const text = Buffer.from(body).toString('utf8');
    const problem = readProxyProblem(text, {
      cluster: this.#cluster,
      status: response.status,
    });
    if (problem) throw new ProblemError(problem);
    return { ...response, body: oneChunk(text) };
  }

  close(): Promise<void> {
    return this.#proxy.close();
  }
}

async function* oneChunk(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}
