import http from 'node:http';
import https from 'node:https';
import { type LookupFunction, type Socket, isIP } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';
import type { ServerAnswer, ServerRequest } from './ServerRequest';
import { NotTakenError, SharedConnection } from './SharedConnection';
import type { SignedIn } from './signin/SignIn';

const KEEP_ALIVE_MS = 15_000; // TCP keep-alive of idle connections: the kernel detects a lost peer
const MAX_SOCKETS = 64; // each watch holds one where the server does not speak HTTP/2
const CONNECT_MS = 10_000; // then retried: the kernel retransmits to a lost server at growing intervals
const MAX_TRIES = 10; // connections that one request may wait for

/** A kept connection ended at the moment of its reuse: the server did not process the request. */
export class StaleConnectionError extends Error {}

/** First uses the connection on which the protocol was negotiated. */
class FirstSocketAgent extends https.Agent {
  first: TLSSocket | undefined;

  createConnection(
    ...args: Parameters<https.Agent['createConnection']>
  ): ReturnType<https.Agent['createConnection']> {
    const { first } = this;
    this.first = undefined;
    return first && !first.destroyed ? first : super.createConnection(...args);
  }

  destroy(): void {
    this.first?.destroy();
    super.destroy();
  }
}

/**
 * Connections to one server, with one CA and one client certificate. A server
 * with HTTP/2 gets one connection for everything, others one for each request
 * in flight.
 */
export class ServerPool {
  readonly #base: URL;
  readonly #signed: SignedIn;
  readonly #lookup: LookupFunction;
  readonly #agent: http.Agent;
  #shared: SharedConnection[] = [];
  /** Pending while a first connection negotiates the protocol. */
  #opening: Promise<SharedConnection | undefined> | undefined;
  #isHttp1: boolean;
  #isDestroyed = false;

  constructor(base: URL, signed: SignedIn, lookup: LookupFunction) {
    this.#base = base;
    this.#signed = signed;
    this.#lookup = lookup;
    this.#isHttp1 = base.protocol !== 'https:';
    const options = {
      keepAlive: true,
      keepAliveMsecs: KEEP_ALIVE_MS,
      maxSockets: MAX_SOCKETS,
      maxFreeSockets: 4,
    };
    this.#agent = this.#isHttp1
      ? new http.Agent(options)
      : new FirstSocketAgent({ ...options, ...this.#tlsOptions() });
  }

  /** Throws a StaleConnectionError when a retry may succeed. */
  async send(request: ServerRequest): Promise<ServerAnswer> {
    if (this.#isHttp1) return this.#sendAlone(request);
    const shared = await this.#find(request.signal);
    if (shared === undefined) return this.#sendAlone(request);
    try {
      return await shared.send(request);
    } catch (error) {
      if (error instanceof NotTakenError)
        throw new StaleConnectionError(error.message, { cause: error.cause });
      throw error;
    }
  }

  /** Tokens may differ: they belong to requests, not to connections. */
  isOf(signed: SignedIn): boolean {
    return (
      signed === this.#signed ||
      (isSame(signed.ca, this.#signed.ca) &&
        isSame(signed.certificate, this.#signed.certificate) &&
        isSame(signed.key, this.#signed.key) &&
        signed.tlsServerName === this.#signed.tlsServerName &&
        signed.skipTLSVerify === this.#signed.skipTLSVerify)
    );
  }

  /** Lets requests in flight finish, then closes their connections. */
  retire(): void {
    for (const shared of this.#shared) shared.retire();
    Object.assign(this.#agent, { keepAlive: false });
    for (const sockets of Object.values(this.#agent.freeSockets))
      for (const socket of sockets ?? []) socket.destroy();
  }

  isIdle(): boolean {
    return (
      Object.keys(this.#agent.sockets).length === 0 &&
      this.#shared.every(({ isIdle }) => isIdle)
    );
  }

  destroy(): void {
    this.#isDestroyed = true;
    this.#agent.destroy();
    for (const shared of this.#shared) shared.destroy();
  }

  /** Returns a connection with a reserved stream; undefined when the server only supports HTTP/1.1. */
  async #find(signal: AbortSignal): Promise<SharedConnection | undefined> {
    for (let tries = 0; ; tries++) {
      const found = this.#shared.find(each => each.take());
      if (found) return found;
      if (tries === MAX_TRIES)
        throw Object.assign(new Error('it ends each connection at once'), {
          code: 'ECONNRESET',
        });
      this.#opening ??= this.#open().finally(() => {
        this.#opening = undefined;
      });
      await untilAborted(this.#opening, signal);
      if (this.#isHttp1) return undefined;
    }
  }

  async #open(): Promise<SharedConnection | undefined> {
    const socket = await this.#connect();
    if (this.#isDestroyed) {
      socket.destroy();
      throw new Error('the transport is closed');
    }
    if (socket.alpnProtocol !== 'h2') {
      this.#isHttp1 = true;
      (this.#agent as FirstSocketAgent).first = socket;
      return undefined;
    }
    const shared = new SharedConnection(this.#base, socket);
    this.#shared = [...this.#shared.filter(each => !each.isOver), shared];
    return shared;
  }

  #connect(): Promise<TLSSocket> {
    const host = this.#base.hostname.replace(/^\[|\]$/g, '');
    return new Promise((resolve, reject) => {
      const socket = tls.connect({
        ...this.#tlsOptions(),
        host,
        port: Number(this.#base.port || 443),
        servername: this.#signed.tlsServerName ?? (isIP(host) ? '' : host),
        ALPNProtocols: ['h2', 'http/1.1'],
        lookup: this.#lookup,
      });
      const timer = setTimeout(
        () =>
          socket.destroy(
            Object.assign(new Error('no connection in time'), {
              code: 'ETIMEDOUT',
            }),
          ),
        CONNECT_MS,
      );
      prepare(socket);
      socket.once('error', reject);
      socket.once('close', () => {
        clearTimeout(timer);
        reject(
          Object.assign(new Error('cut while connecting'), {
            code: 'ECONNRESET',
          }),
        );
      });
      socket.once('secureConnect', () => {
        clearTimeout(timer);
        resolve(socket);
      });
    });
  }

  #tlsOptions() {
    const { ca, certificate, key, tlsServerName, skipTLSVerify } = this.#signed;
    return {
      ca,
      cert: certificate,
      key,
      servername: tlsServerName,
      rejectUnauthorized: skipTLSVerify !== true,
      minVersion: 'TLSv1.2' as const,
    };
  }

  /** Uses HTTP/1.1: the connection serves no other request until the response was read. */
  #sendAlone({
    method,
    path,
    headers,
    body,
    signal,
  }: ServerRequest): Promise<ServerAnswer> {
    const options: https.RequestOptions = {
      agent: this.#agent,
      method,
      host: this.#base.hostname.replace(/^\[|\]$/g, ''),
      port: this.#base.port,
      path,
      headers,
      lookup: this.#lookup,
      signal,
    };
    const isSecure = this.#base.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = isSecure ? https.request(options) : http.request(options);
      request.on('socket', prepare);
      request.on('error', error => {
        const isReset =
          'code' in error &&
          (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(
          request.reusedSocket && isReset
            ? new StaleConnectionError('a kept connection was closed', {
                cause: error,
              })
            : error,
        );
      });
      request.on('response', response =>
        resolve({
          status: response.statusCode ?? 0,
          headers: flattenHeaders(response.headers),
          body: response,
        }),
      );
      request.end(body);
    });
  }
}

function prepare(socket: Socket): void {
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  socket.setNoDelay(true);
}

/** An aborted caller stops waiting; the others still wait for the connection. */
async function untilAborted<T>(
  opening: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  signal.throwIfAborted();
  let leave: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([opening, aborted]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

function flattenHeaders(
  headers: http.IncomingHttpHeaders,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value ?? '',
    ]),
  );
}

function isSame(
  one: string | Buffer | undefined,
  other: string | Buffer | undefined,
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return typeof one === 'string' && typeof other === 'string'
    ? one === other
    : Buffer.from(one).equals(Buffer.from(other));
}
