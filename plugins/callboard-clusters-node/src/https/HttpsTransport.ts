import { ProblemError } from '@callboard/plugin-callboard-common';
import {
  type ClusterRequest,
  type ClusterResponse,
  type ClusterTransport,
  isNearAddress,
  isRefusedAddress,
} from '@callboard/plugin-callboard-node';
import { hideCredentials } from '@callboard/tunnel';
import { guardedLookup } from './guardedLookup';
import {
  addressRefused,
  clusterConfigRefused,
  plainHttpRefused,
} from './serverProblems';
import { ServerPool, StaleConnectionError } from './ServerPool';
import type { SignedIn, SignIn } from './signin/SignIn';

/** Credentials of requests, unless `signIn` provides them for each request. */
export interface HttpsTransportOptions extends SignedIn {
  /** Used in problems. */
  cluster: string;
  /** May contain a path: `https://proxy.example/clusters/eu-1`. */
  server: string;
  signIn?: Pick<SignIn, 'read'>;
  /** Allows plain HTTP also to addresses that are neither loopback nor private. */
  allowPlainHttp?: boolean;
}

/**
 * Reaches an API server at its URL. With HTTP/2, all requests and watches share
 * one connection; otherwise connections are kept and reused. Redirects are not
 * followed; link-local and metadata addresses are refused also when a name
 * resolves to them, at the moment of connecting.
 */
export class HttpsTransport implements ClusterTransport {
  readonly #base: URL;
  readonly #options: HttpsTransportOptions;
  #pool: ServerPool | undefined;
  /** Pools of earlier credentials: their requests in flight continue. */
  readonly #retired: ServerPool[] = [];
  #isClosed = false;

  /** Throws a ProblemError for a refused URL or token. */
  constructor(options: HttpsTransportOptions) {
    this.#options = options;
    this.#base = readServer(options);
    authorizationOf(options.cluster, options);
  }

  async send(request: ClusterRequest): Promise<ClusterResponse> {
    try {
      return await this.#sendOnce(request);
    } catch (error) {
      // The server closed a kept connection at the moment of its reuse: nothing was
      // processed.
      if (error instanceof StaleConnectionError && !request.signal.aborted)
        return this.#sendOnce(request);
      throw error instanceof StaleConnectionError ? error.cause : error;
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const pool of [this.#pool, ...this.#retired]) pool?.destroy();
  }

  /** Returns the connections of these credentials: those of another certificate are not reused. */
  #poolOf(signed: SignedIn): ServerPool {
    if (this.#pool?.isOf(signed)) return this.#pool;
    if (this.#pool) {
      this.#pool.retire();
      this.#retired.push(this.#pool);
    }
    for (let i = this.#retired.length - 1; i >= 0; i--)
      if (this.#retired[i].isIdle()) this.#retired.splice(i, 1);
    this.#pool = new ServerPool(
      this.#base,
      signed,
      guardedLookup(this.#options.cluster),
    );
    return this.#pool;
  }

  async #sendOnce({
    method,
    path,
    headers,
    body,
    signal,
  }: ClusterRequest): Promise<ClusterResponse> {
    const signed = (await this.#options.signIn?.read()) ?? this.#options;
    signal.throwIfAborted();
    if (this.#isClosed) throw new Error('the transport is closed');
    const authorization = authorizationOf(this.#options.cluster, signed);
    const answer = await this.#poolOf(signed).send({
      method,
      path: `${this.#base.pathname.replace(/\/$/, '')}${path}`,
      headers: {
        ...headers,
        ...(authorization === undefined ? {} : { authorization }),
        ...(body === undefined
          ? {}
          : { 'content-length': Buffer.byteLength(body) }),
      },
      ...(body !== undefined && { body }),
      signal,
    });
    return answer.status >= 400
      ? { ...answer, body: hideCredentials(answer.body, signed) }
      : answer;
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

function authorizationOf(
  cluster: string,
  { token, basic }: SignedIn,
): string | undefined {
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
