import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { API_VERSION } from '@callboard/plugin-callboard-common';
import type { RegisteredCluster } from '@callboard/plugin-callboard-node';
import { openHttpsTransport } from '../https/kubeconfigSource';

export type Script = (
  request: http.IncomingMessage & { body: string },
  response: http.ServerResponse,
) => void | Promise<void>;

/** An HTTP server that answers as a test scripts it: by method and path without query; 404 as Kubernetes says it otherwise. */
export class ScriptedServer {
  readonly #server: http.Server;
  readonly #scripts = new Map<string, Script>();
  readonly #sockets = new Set<Socket>();
  /** `GET /version`, in the order they came. */
  readonly requests: string[] = [];
  url = '';

  constructor(tls?: { cert: string; key: string }) {
    const answer: http.RequestListener = (request, response) =>
      void this.#answer(request, response);
    this.#server = tls
      ? https.createServer(tls, answer)
      : http.createServer(answer);
    this.#server.on(
      tls ? 'secureConnection' : 'connection',
      (socket: Socket) => {
        this.#sockets.add(socket);
        socket.on('close', () => this.#sockets.delete(socket));
        socket.on('error', () => undefined);
      },
    );
    this.on('GET /version', (_, response) =>
      json(response, { major: '1', minor: '36', gitVersion: 'v1.36.3' }),
    );
    this.on('GET /api/v1', (_, response) =>
      json(response, {
        kind: 'APIResourceList',
        groupVersion: 'v1',
        resources: [
          {
            name: 'namespaces',
            kind: 'Namespace',
            namespaced: false,
            verbs: ['get'],
          },
          {
            name: 'configmaps',
            kind: 'ConfigMap',
            namespaced: true,
            verbs: ['get'],
          },
          { name: 'secrets', kind: 'Secret', namespaced: true, verbs: ['get'] },
          { name: 'pods', kind: 'Pod', namespaced: true, verbs: ['get'] },
          { name: 'pods/log', kind: 'Pod', namespaced: true, verbs: ['get'] },
        ],
      }),
    );
  }

  async listen(): Promise<this> {
    await new Promise<void>(resolve =>
      this.#server.listen(0, '127.0.0.1', resolve),
    );
    const scheme = this.#server instanceof https.Server ? 'https' : 'http';
    this.url = `${scheme}://127.0.0.1:${
      (this.#server.address() as AddressInfo).port
    }`;
    return this;
  }

  on(request: string, script: Script): void {
    this.#scripts.set(request, script);
  }

  /** Cuts every connection that is open. */
  cutAll(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  get openConnections(): number {
    return this.#sockets.size;
  }

  async close(): Promise<void> {
    this.cutAll();
    await new Promise(resolve => this.#server.close(resolve));
  }

  /** The server as a source would hand it over. */
  asCluster(
    extra: {
      path?: string;
      token?: string;
      caData?: string;
      livenessDeadlineMs?: number;
    } = {},
  ): RegisteredCluster {
    return {
      file: {
        apiVersion: API_VERSION,
        kind: 'Cluster',
        metadata: { name: 'eu-1' },
        spec: {},
      },
      connectionKind: 'kubeconfig',
      livenessDeadlineMs: extra.livenessDeadlineMs ?? 1_000,
      openTransport: () =>
        openHttpsTransport('eu-1', {
          url: `${this.url}${extra.path ?? ''}`,
          token: extra.token,
          caData: extra.caData,
        }),
    };
  }

  async #answer(
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    const path = (request.url ?? '').split('?')[0];
    this.requests.push(`${request.method} ${request.url}`);
    let body = '';
    for await (const chunk of request) body += chunk;
    const script = this.#scripts.get(`${request.method} ${path}`);
    response.on('error', () => undefined);
    if (script === undefined)
      status(response, 404, {
        reason: 'NotFound',
        message: `${path} is not here`,
      });
    else await script(Object.assign(request, { body }), response);
  }
}

export function json(
  response: http.ServerResponse,
  value: unknown,
  code = 200,
): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}

/** Answers as an API server refuses. */
export function status(
  response: http.ServerResponse,
  code: number,
  said: Record<string, unknown>,
): void {
  json(
    response,
    { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, ...said },
    code,
  );
}

/** Sends events of a watch, one per line, and leaves it open. */
export function watchLines(
  response: http.ServerResponse,
  events: unknown[],
): void {
  if (!response.headersSent) {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
  }
  for (const event of events) response.write(`${JSON.stringify(event)}\n`);
}

/** A ConfigMap as a cluster has it. */
export function configMap(
  name: string,
  resourceVersion: number,
  extra: { uid?: string; value?: string } = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: 'shop--dev',
      uid: extra.uid ?? `uid-${name}`,
      resourceVersion: String(resourceVersion),
    },
    data: { value: extra.value ?? 'a' },
  };
}
