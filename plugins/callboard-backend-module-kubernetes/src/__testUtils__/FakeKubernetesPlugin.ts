import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';

/** A cluster behind the fake plugin. */
export interface ProxiedCluster {
  /** Of the API server. */
  url: string;
  token: string;
  authProvider?: string;
  /** What access reviews answer; everything when omitted. */
  may?: (right: { verb: string; resource: string }) => boolean;
}

const TOKEN = 'token-of-the-callboard-plugin-1234';

/** What Callboard uses of Backstage's Kubernetes plugin: its list of clusters and its proxy, with its errors. */
export class FakeKubernetesPlugin {
  readonly clusters: Record<string, ProxiedCluster>;
  readonly #server: http.Server;
  /** Refuses the proxy, as a permission policy does. */
  isProxyAllowed = true;
  isDown = false;

  static async start(
    clusters: Record<string, ProxiedCluster>,
  ): Promise<FakeKubernetesPlugin> {
    const plugin = new FakeKubernetesPlugin(clusters);
    await new Promise<void>(resolve =>
      plugin.#server.listen(0, '127.0.0.1', resolve),
    );
    return plugin;
  }

  private constructor(clusters: Record<string, ProxiedCluster>) {
    this.clusters = clusters;
    this.#server = http.createServer((req, res) => this.#answer(req, res));
  }

  get baseUrl(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/api/kubernetes`;
  }

  /** Core services of a backend beside which the plugin runs. */
  get services(): { auth: AuthService; discovery: DiscoveryService } {
    return {
      auth: mockServices.auth.mock({
        getOwnServiceCredentials: async () => mockCredentials.service(),
        getPluginRequestToken: async () => ({ token: TOKEN }),
      }),
      discovery: mockServices.discovery.mock({
        getBaseUrl: async () => this.baseUrl,
      }),
    };
  }

  stop(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise(resolve => this.#server.close(() => resolve()));
  }

  #answer(req: http.IncomingMessage, res: http.ServerResponse): void {
    const path = (req.url ?? '').replace('/api/kubernetes', '');
    if (this.isDown) refuse(res, 503, 'ServiceUnavailableError', 'down');
    else if (req.headers.authorization !== `Bearer ${TOKEN}`)
      refuse(res, 401, 'AuthenticationError', 'Invalid token');
    else if (path === '/clusters') this.#list(res);
    else if (!this.isProxyAllowed) refuse(res, 403, 'NotAllowedError', '');
    else this.#proxy(req, res, path.replace('/proxy', ''));
  }

  #list(res: http.ServerResponse): void {
    const items = Object.entries(this.clusters).map(
      ([name, { authProvider = 'serviceAccount' }]) => ({
        name,
        authProvider,
        auth: {},
      }),
    );
    res.setHeader('content-type', 'application/json');
    res.end(JSON.stringify({ items }));
  }

  #proxy(
    req: http.IncomingMessage,
    res: http.ServerResponse,
    path: string,
  ): void {
    const name = String(req.headers['backstage-kubernetes-cluster']);
    const cluster = this.clusters[name];
    if (!cluster) {
      refuse(res, 404, 'NotFoundError', `Cluster '${name}' not found`);
      return;
    }
    if (path.endsWith('/selfsubjectaccessreviews')) {
      review(req, res, cluster);
      return;
    }
    const { hostname, port, pathname } = new URL(cluster.url);
    const onward = http.request(
      {
        hostname,
        port,
        path: `${pathname.replace(/\/$/, '')}${path}`,
        method: req.method,
        headers: {
          ...req.headers,
          host: `${hostname}:${port}`,
          authorization: `Bearer ${cluster.token}`,
        },
      },
      answer => {
        res.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(res);
      },
    );
    onward.on('error', error => refuse(res, 500, 'Error', error.message));
    req.pipe(onward);
    res.on('close', () => onward.destroy());
  }
}

function review(
  req: http.IncomingMessage,
  res: http.ServerResponse,
  { may = () => true }: ProxiedCluster,
): void {
  let text = '';
  req.on('data', chunk => {
    text += chunk;
  });
  req.on('end', () => {
    const { resourceAttributes } = JSON.parse(text).spec;
    res.writeHead(201, { 'content-type': 'application/json' });
    res.end(
      JSON.stringify({
        kind: 'SelfSubjectAccessReview',
        status: { allowed: may(resourceAttributes) },
      }),
    );
  });
}

/** As Backstage's backends answer. */
function refuse(
  res: http.ServerResponse,
  statusCode: number,
  name: string,
  message: string,
): void {
  res.writeHead(statusCode, { 'content-type': 'application/json' });
  res.end(
    JSON.stringify({
      error: { name, message },
      request: { method: 'GET', url: '/' },
      response: { statusCode },
    }),
  );
}
