import http from 'node:http';
import https from 'node:https';
import { hideCredentials } from '@callboard/tunnel';
import { OneServerAgent } from './OneServerAgent';
import { ResponseBody } from './ResponseBody';

/** Address of the agent's API server and the agent's credentials there. */
export interface ApiAccess {
  server: string;
  /** PEM. */
  ca?: string;
  certificate?: string;
  key?: string;
  skipTLSVerify?: boolean;
  /** Called for every request: tokens of service accounts are rotated while a process runs. */
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

/** Client of the API server of the agent's own cluster. */
export class ApiServer {
  readonly #access: ApiAccess;
  readonly #agent: http.Agent;
  readonly #send: typeof https.request;
  /** Options that every request shares. */
  readonly #where: { agent: http.Agent; host: string; port: string };
  readonly #root: string;

  constructor(access: ApiAccess) {
    this.#access = access;
    const base = new URL(access.server);
    const isSecure = base.protocol === 'https:';
    const pool = {
      keepAlive: true,
      keepAliveMsecs: KEEP_ALIVE_MS,
      maxSockets: MAX_SOCKETS,
      maxFreeSockets: 2,
    };
    const { ca, certificate: cert, key, skipTLSVerify } = access;
    this.#agent = isSecure
      ? new OneServerAgent({
          ...pool,
          ca,
          cert,
          key,
          rejectUnauthorized: skipTLSVerify !== true,
        })
      : new http.Agent(pool);
    this.#send = isSecure ? https.request : http.request;
    const host = base.hostname.replace(/^\[|\]$/g, '');
    this.#where = { agent: this.#agent, host, port: base.port };
    this.#root = base.pathname.replace(/\/$/, '');
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
      ...this.#where,
      method: request.method,
      path: `${this.#root}${request.path}`,
      headers: {
        ...withoutImpersonation(headers),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...framingOf(request),
      },
    };
    const sent = this.#send(options);
    endWith(signal, sent);
    const answered = new Promise<ApiAnswer>((resolve, reject) => {
      sent.on('error', reject);
      sent.on('response', response => resolve(read(response, token)));
    });
    answered.catch(() => undefined); // the request body is still being sent: the rejection has no handler yet
    if (typeof request.body === 'object')
      for await (const chunk of request.body) sent.write(chunk);
    sent.end(typeof request.body === 'string' ? request.body : undefined);
    return answered;
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Removes the token from the body of an error, which may quote it: the hub would show it to people. */
function read(
  response: http.IncomingMessage,
  token: string | undefined,
): ApiAnswer {
  const status = response.statusCode ?? 502;
  const headers = flatten(response.headers);
  const body = new ResponseBody(response);
  if (status < 400) return { status, headers, body };
  const { 'content-length': length, ...kept } = headers;
  return { status, headers: kept, body: hideCredentials(body, { token }) };
}

/** Does what the option `signal` does, which costs a tenth of the time of a small request. */
function endWith(signal: AbortSignal, sent: http.ClientRequest): void {
  const abort = () =>
    sent.destroy(
      signal.reason instanceof Error ? signal.reason : new Error('given up'),
    );
  signal.addEventListener('abort', abort, { once: true });
  sent.once('close', () => signal.removeEventListener('abort', abort));
  if (signal.aborted) abort();
}

/** Headers that tell the API server where a body ends. Node.js sets them for some methods only, not for DELETE. */
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

/** Removes impersonation headers: the agent only ever acts as its own account. */
function withoutImpersonation(
  headers: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !name.toLowerCase().startsWith('impersonate-'),
    ),
  );
}

/** Headers as a tunnel carries them: plain text, without those of the connection itself. */
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
