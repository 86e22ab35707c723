import { ProblemError } from '@callboard/plugin-callboard-common';
import { HttpsTransport } from '@callboard/plugin-callboard-control-plane';
import type {
  ClusterRequest,
  ClusterResponse,
  ClusterTransport,
} from '@callboard/plugin-callboard-node';
import type { KubernetesPlugin } from './KubernetesPlugin';
import { readProxyProblem } from './readProxyProblem';

const MOST_BYTES = 256 * 1024; // of an answer with a fault; a Status has some hundred

/**
 * Reaches an API server through the proxy of Backstage's Kubernetes plugin,
 * which signs in there. What the proxy itself refuses is told apart from what
 * the API server refuses: its "no such cluster" must never be taken for "no
 * such object".
 */
export class ProxyTransport implements ClusterTransport {
  readonly #cluster: string;
  readonly #plugin: KubernetesPlugin;
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
    this.#plugin = plugin;
    // The operator's own discovery says where plugins are.
    this.#proxy = new HttpsTransport({
      cluster,
      server: `${baseUrl}/proxy`,
      allowPlainHttp: true,
    });
  }

  async send(request: ClusterRequest): Promise<ClusterResponse> {
    const token = await this.#plugin.getToken();
    const response = await this.#proxy.send({
      ...request,
      headers: {
        ...request.headers,
        authorization: `Bearer ${token}`,
        'backstage-kubernetes-cluster': this.#cluster,
      },
    });
    if (response.status < 400) return response;
    const text = (await readStart(response.body)).replaceAll(token, '[hidden]');
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

async function readStart(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= MOST_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function* oneChunk(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}
