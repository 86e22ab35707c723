import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
  request as httpRequest,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Problem } from '@callboard/plugin-callboard-common';
import { listenAt } from '../door/listenAt';
import type { OtherUser } from '../otherUser';
import type { EgressPolicy, EgressTarget } from './EgressPolicy';

const MAX_CONNECTIONS = 256; // package managers open up to 64
const HEADERS_MS = 10_000;
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/**
 * The egress proxy of one sandbox: an HTTP proxy on a Unix socket of the
 * portal, which a helper inside offers on the sandbox's loopback. Its policy
 * decides about each connection; it supports CONNECT, and plain HTTP with
 * absolute URLs.
 */
export class EgressDoor {
  readonly path: string;
  readonly #server: Server;
  readonly #policy: EgressPolicy;
  readonly #onRefused: (problem: Problem) => void;
  readonly #sockets = new Set<Duplex>();

  /** @param options.user - may connect, beside this process; its own user when undefined */
  static async open(
    path: string,
    options: {
      user: OtherUser | undefined;
      policy: EgressPolicy;
      onRefused?(problem: Problem): void;
    },
  ): Promise<EgressDoor> {
    const server = createServer({
      headersTimeout: HEADERS_MS,
      connectionsCheckingInterval: HEADERS_MS,
      requestTimeout: 0,
    });
    server.maxConnections = MAX_CONNECTIONS;
    await listenAt(path, server, options.user);
    return new EgressDoor(path, server, options);
  }

  private constructor(
    path: string,
    server: Server,
    options: { policy: EgressPolicy; onRefused?(problem: Problem): void },
  ) {
    this.path = path;
    this.#server = server;
    this.#policy = options.policy;
    this.#onRefused = options.onRefused ?? (() => undefined);
    server.on('connection', socket => this.#keep(socket));
    server.on('connect', (request, socket, head) => {
      void this.#tunnel(request, socket, head);
    });
    server.on('request', (request, response) => {
      void this.#forward(request, response);
    });
    server.on('upgrade', (_request, socket) => answer(socket, 501, ''));
  }

  async close(): Promise<void> {
    this.#sockets.forEach(socket => socket.destroy());
    await new Promise(resolve => this.#server.close(resolve));
  }

  async #tunnel(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    const target = readAuthority(request.url ?? '');
    if (!target) return answer(socket, 400, 'No host and port\n');
    const opened = await this.#policy(target);
    if (!opened.ok) {
      this.#onRefused(opened.problem);
      return answer(socket, statusOf(opened.problem), wordsOf(opened.problem));
    }
    const upstream = this.#keep(opened.value);
    if (socket.destroyed) {
      upstream.destroy();
      return undefined;
    }
    socket.on('close', () => upstream.destroy());
    upstream.on('close', () => socket.destroy());
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
    if (head.length > 0) upstream.write(head);
    socket.pipe(upstream).pipe(socket);
    return undefined;
  }

  async #forward(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const target = readAddress(request.url ?? '');
    if (!target) return respond(response, 400, 'No whole http address\n');
    const opened = await this.#policy(target);
    if (!opened.ok) {
      this.#onRefused(opened.problem);
      return respond(
        response,
        statusOf(opened.problem),
        wordsOf(opened.problem),
      );
    }
    const upstream = this.#keep(opened.value);
    response.on('close', () => upstream.destroy());
    const onward = httpRequest({
      createConnection: () => upstream,
      method: request.method,
      path: target.path,
      headers: { ...endToEnd(request.headers), connection: 'close' },
    });
    onward.on('error', () => {
      if (response.headersSent) response.destroy();
      else respond(response, 502, 'The connection ended\n');
    });
    onward.on('response', incoming => {
      response.writeHead(
        incoming.statusCode ?? 502,
        endToEnd(incoming.headers),
      );
      incoming.on('error', () => response.destroy());
      incoming.pipe(response);
    });
    request.pipe(onward);
    return undefined;
  }

  #keep<T extends Duplex | Socket>(socket: T): T {
    this.#sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

/** Parses `registry.npmjs.org:443` or `[::1]:443`. */
function readAuthority(text: string): EgressTarget | undefined {
  const url = `http://${text}`;
  if (!URL.canParse(url)) return undefined;
  const { hostname, pathname, search, username } = new URL(url);
  const port = Number(/:(\d{1,5})$/.exec(text)?.[1]);
  if (pathname !== '/' || search || username || !(port > 0 && port < 65_536))
    return undefined;
  return { host: withoutBrackets(hostname), port };
}

function readAddress(
  text: string,
): (EgressTarget & { path: string }) | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'http:' || url.username) return undefined;
  return {
    host: withoutBrackets(url.hostname),
    port: Number(url.port || 80),
    path: `${url.pathname}${url.search}`,
  };
}

function withoutBrackets(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '').toLowerCase();
}

/** Headers for the other end, not for this proxy. */
function endToEnd(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map(name => name.trim());
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !HOP_BY_HOP.has(name) && !named.includes(name),
    ),
  );
}

function statusOf({ transient }: Problem): number {
  return transient ? 502 : 403;
}

function wordsOf({ what, why, next }: Problem): string {
  return `${what}: ${why}. ${next}\n`;
}

function answer(socket: Duplex, status: number, text: string): void {
  const words = status === 403 ? 'Forbidden' : 'Refused';
  socket.end(
    `HTTP/1.1 ${status} ${words}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(
      text,
    )}\r\nConnection: close\r\n\r\n${text}`,
  );
}

function respond(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  });
  response.end(text);
}
