import { lookup as resolveName } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { type LookupFunction, isIP } from 'node:net';
import { ProblemError } from '@callboard/plugin-callboard-common';
import type {
  ClusterRequest,
  ClusterResponse,
  ClusterTransport,
} from '../ClusterTransport';
import {
  type RequestCredentials,
  hideCredentials,
} from '../../network/hideCredentials';
import { isNearAddress, isRefusedAddress } from '../../network/refuseAddress';
import {
  addressRefused,
  clusterConfigRefused,
  plainHttpRefused,
} from './serverProblems';

export interface HttpsTransportOptions extends RequestCredentials {
  /** For problems. */
  cluster: string;
  /** May have a path in front: `https://proxy.example/clusters/eu-1`. */
  server: string;
  /** PEM. */
  ca?: string;
  certificate?: string;
  key?: string;
  /** Name that the certificate was made for, where it is not the server's. */
  tlsServerName?: string;
  /** Believes anyone who answers. */
  skipTLSVerify?: boolean;
  /** Plain HTTP also to addresses that are neither loopback nor private. */
  allowPlainHttp?: boolean;
}

const KEEP_ALIVE_MS = 15_000; // probes of idle connections: a peer that vanished is noticed by the kernel
const MAX_SOCKETS = 64; // each watch holds one

class StaleConnectionError extends Error {
  constructor(cause: Error) {
    super('a kept connection was closed by the server', { cause });
  }
}

/**
 * Reaches an API server by its address. Connections are kept and reused;
 * redirects are not followed; link-local and metadata addresses are refused
 * also when a name resolves to them, at the moment of connecting.
 */
export class HttpsTransport implements ClusterTransport {
  readonly #base: URL;
  readonly #options: HttpsTransportOptions;
  readonly #agent: http.Agent;
  readonly #authorization: string | undefined;
  #isClosed = false;

  /** Throws a ProblemError for an address that is refused. */
  constructor(options: HttpsTransportOptions) {
    this.#options = options;
    this.#base = readServer(options);
    this.#authorization = authorizationOf(options);
    const pool = {
      keepAlive: true,
      keepAliveMsecs: KEEP_ALIVE_MS,
      maxSockets: MAX_SOCKETS,
      maxFreeSockets: 4,
    };
    this.#agent =
      this.#base.protocol === 'https:'
        ? new https.Agent({
            ...pool,
            ca: options.ca,
            cert: options.certificate,
            key: options.key,
            servername: options.tlsServerName,
            rejectUnauthorized: options.skipTLSVerify !== true,
            minVersion: 'TLSv1.2',
          })
        : new http.Agent(pool);
  }

  async send(request: ClusterRequest): Promise<ClusterResponse> {
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      // The server closed a kept connection just when it was used again: nothing was processed.
      if (error instanceof StaleConnectionError && !request.signal.aborted)
        return this.#sendOnce(request);
      throw error instanceof StaleConnectionError ? error.cause : error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#agent.destroy();
  }

  #sendOnce({
    method,
    path,
    headers,
    body,
    signal,
  }: ClusterRequest): Promise<ClusterResponse> {
    if (this.#isClosed)
      return Promise.reject(new Error('the transport is closed'));
    const options: https.RequestOptions = {
      agent: this.#agent,
      method,
      host: this.#base.hostname.replace(/^\[|\]$/g, ''),
      port: this.#base.port,
      path: `${this.#base.pathname.replace(/\/$/, '')}${path}`,
      headers: {
        ...headers,
        ...(this.#authorization === undefined
          ? {}
          : { authorization: this.#authorization }),
        ...(body === undefined
          ? {}
          : { 'content-length': Buffer.byteLength(body) }),
      },
      lookup: guardedLookup(this.#options.cluster),
      signal,
    };
    const secure = this.#base.protocol === 'https:';
    return new Promise((resolve, reject) => {
      const request = secure ? https.request(options) : http.request(options);
      request.on('socket', socket => {
        socket.setKeepAlive(true, KEEP_ALIVE_MS);
        socket.setNoDelay(true);
      });
      request.on('error', error => {
        const isReset =
          'code' in error &&
          (error.code === 'ECONNRESET' || error.code === 'EPIPE');
        reject(
          request.reusedSocket && isReset
            ? new StaleConnectionError(error)
            : error,
        );
      });
      request.on('response', response => {
        const status = response.statusCode ?? 0;
        resolve({
          status,
          headers: flattenHeaders(response.headers),
          body:
            status >= 400 ? hideCredentials(response, this.#options) : response,
        });
      });
      request.end(body);
    });
  }
}

function readServer({
  cluster,
  server,
  allowPlainHttp,
}: HttpsTransportOptions): URL {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !['https:', 'http:'].includes(url.protocol)) {
    throw refused(
      cluster,
      'the address of its API server is not an http or https URL',
      'Write it as https://host:port',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw refused(
      cluster,
      'the address of its API server holds credentials',
      'Give them as token or client certificate',
    );
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isRefusedAddress(host))
    throw new ProblemError(addressRefused(cluster, host));
  const isNear =
    host === 'localhost' || host.endsWith('.localhost') || isNearAddress(host);
  if (url.protocol === 'http:' && !isNear && allowPlainHttp !== true) {
    throw new ProblemError(plainHttpRefused(cluster, host));
  }
  return url;
}

function refused(cluster: string, why: string, next: string): ProblemError {
  return new ProblemError(clusterConfigRefused(cluster, why, next));
}

function authorizationOf({
  cluster,
  token,
  basic,
}: HttpsTransportOptions): string | undefined {
  const value =
    token !== undefined
      ? `Bearer ${token.trim()}`
      : basic &&
        `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString(
          'base64',
        )}`;
  if (value !== undefined && !/^[\x20-\x7e]*$/.test(value)) {
    throw refused(
      cluster,
      'its token holds characters that no token has',
      'Copy the token again, without line breaks',
    );
  }
  return value;
}

/** Resolves a name and refuses what it must not lead to. Runs per connection, so a name that changes is judged again. */
function guardedLookup(cluster: string): LookupFunction {
  return (hostname, options, callback) => {
    resolveName(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '', 0);
        return;
      }
      if (addresses.some(({ address }) => isRefusedAddress(address))) {
        callback(new ProblemError(addressRefused(cluster, hostname)), '', 0);
        return;
      }
      if (options.all === true) callback(null, addresses);
      else
        callback(
          null,
          addresses[0].address,
          addresses[0].family || isIP(addresses[0].address),
        );
    });
  };
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
