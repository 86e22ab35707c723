import http from 'node:http';
import https from 'node:https';

/** Where the agent's API server is and who the agent is there. */
export interface ApiAccess {
  server: string;
  /** PEM. */
  ca?: string;
  certificate?: string;
  key?: string;
  skipTLSVerify?: boolean;
  /** Read for every request: tokens of service accounts are renewed under a running process. */
  readToken?: () => Promise<string | undefined>;
}

export interface ApiRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string | AsyncIterable<Uint8Array>;
}

export interface ApiAnswer {
  status: number;
  headers: Record<string, string>;
  body: AsyncIterable<Uint8Array>;
}

const KEEP_ALIVE_MS = 15_000;
const MAX_SOCKETS = 64;

/** The API server of the cluster that the agent lives in. */
export class ApiServer {
  readonly #access: ApiAccess;
  readonly #base: URL;
  readonly #agent: http.Agent;

  constructor(access: ApiAccess) {
    this.#access = access;
    this.#base = new URL(access.server);
    const pool = {
      keepAlive: true,
      keepAliveMsecs: KEEP_ALIVE_MS,
      maxSockets: MAX_SOCKETS,
      maxFreeSockets: 2,
    };
    const { ca, certificate: cert, key, skipTLSVerify } = access;
    this.#agent =
      this.#base.protocol === 'https:'
        ? new https.Agent({
            ...pool,
            ca,
            cert,
            key,
            rejectUnauthorized: skipTLSVerify !== true,
          })
        : new http.Agent(pool);
  }

  /** Sends a request as the agent's own account, whatever credentials its headers name. */
  async send(request: ApiRequest, signal: AbortSignal): Promise<ApiAnswer> {
    const token = await this.#access.readToken?.();
    const {
      authorization: _ignored,
      host: _host,
      connection: _connection,
      ...headers
    } = request.headers ?? {};
    const options: https.RequestOptions = {
      agent: this.#agent,
      method: request.method,
      host: this.#base.hostname.replace(/^\[|\]$/g, ''),
      port: this.#base.port,
      path: `${this.#base.pathname.replace(/\/$/, '')}${request.path}`,
      headers: {
        ...withoutImpersonation(headers),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...framingOf(request),
      },
      signal,
    };
    const sent =
      this.#base.protocol === 'https:'
        ? https.request(options)
        : http.request(options);
    const answered = new Promise<ApiAnswer>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', response =>
        resolve({
          status: response.statusCode ?? 502,
          headers: flatten(response.headers),
          body: response,
        }),
      );
    });
    answered.catch(() => undefined); // while the body is still being sent nobody listens yet
    if (typeof request.body === 'object')
      for await (const chunk of request.body) sent.write(chunk);
    sent.end(typeof request.body === 'string' ? request.body : undefined);
    return answered;
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** How the API server knows where a body ends. Node.js says it by itself for some methods only, not for DELETE. */
function framingOf({
  body,
  headers = {},
}: ApiRequest): Record<string, string | number> {
  if (typeof body === 'string')
    return { 'content-length': Buffer.byteLength(body) };
  return body === undefined || 'content-length' in headers
    ? {}
    : { 'transfer-encoding': 'chunked' };
}

/** The agent's account is all it acts as: nobody asks it to be somebody else. */
function withoutImpersonation(
  headers: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !name.toLowerCase().startsWith('impersonate-'),
    ),
  );
}

/** What a tunnel carries: plain text headers, none that speak of this one connection. */
function flatten(headers: http.IncomingHttpHeaders): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (
      value === undefined ||
      ['connection', 'keep-alive', 'transfer-encoding'].includes(name)
    )
      continue;
    flat[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}
