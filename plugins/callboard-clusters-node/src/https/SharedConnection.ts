import http2, {
  type ClientHttp2Session,
  type ClientHttp2Stream,
} from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { ServerAnswer, ServerRequest } from './ServerRequest';

const STREAMS = 100; // concurrent ones; more than a cluster has watches, fewer than API servers allow
const WINDOW_BYTES = 1024 * 1024; // flow-control window of one response
const SHARED_WINDOW_BYTES = 16 * WINDOW_BYTES; // of all responses: an unread one must not block the others
const QUIET_MS = 15_000; // then the connection is checked with a ping
const PONG_MS = 5_000;

/** Time without data until a ping is sent, and the time-out of its response. */
interface Patience {
  quietMs: number;
  pongMs: number;
}

/** The server refused or never received the request: it can be sent on another connection. */
export class NotTakenError extends Error {
  constructor(cause: unknown) {
    super('the connection ended before the server took the request', { cause });
  }
}

/**
 * One HTTP/2 connection that all requests to a server share, including watches.
 * A connection that broke silently is detected: after a time without data, the
 * next request sends a ping, and the connection is dropped if no response comes.
 */
export class SharedConnection {
  readonly #socket: TLSSocket;
  readonly #patience: Patience;
  readonly #session: ClientHttp2Session;
  #streams = 0;
  #isLeaving = false;
  #hasAnswered = false;
  #heard = { bytes: 0, atMs: 0 };
  #isAsking = false;

  /**
   * @param socket on which HTTP/2 was negotiated
   */
  constructor(
    authority: URL,
    socket: TLSSocket,
    patience: Partial<Patience> = {},
  ) {
    this.#socket = socket;
    this.#patience = { quietMs: QUIET_MS, pongMs: PONG_MS, ...patience };
    this.#session = http2.connect(authority, {
      createConnection: () => socket,
      settings: { enablePush: false, initialWindowSize: WINDOW_BYTES },
    });
    this.#session.once('connect', () =>
      this.#session.setLocalWindowSize(SHARED_WINDOW_BYTES),
    );
    this.#session.on('goaway', () => {
      this.#isLeaving = true;
    });
    this.#session.on('error', () => {
      this.#isLeaving = true; // each request gets the error itself
    });
    this.#session.unref();
  }

  /** Reserves a stream for the next request; false when none is free. */
  take(): boolean {
    if (!this.#hasFreeStream) return false;
    this.#streams++;
    return true;
  }

  get #hasFreeStream(): boolean {
    const { maxConcurrentStreams = STREAMS } = this.#session.remoteSettings;
    return (
      !this.#isLeaving &&
      !this.#session.closed &&
      !this.#session.destroyed &&
      this.#streams < Math.min(STREAMS, maxConcurrentStreams)
    );
  }

  get isIdle(): boolean {
    return this.#streams === 0;
  }

  /** True when no request is in flight and no more can be sent. */
  get isOver(): boolean {
    return this.#session.destroyed || (this.#isLeaving && this.isIdle);
  }

  /** Sends the request for which a stream was reserved. */
  send({
    method,
    path,
    headers,
    body,
    signal,
  }: ServerRequest): Promise<ServerAnswer> {
    this.#askWhenQuiet();
    const wasGood = this.#hasAnswered;
    const { bytesRead } = this.#socket;
    return new Promise((resolve, reject) => {
      const stream = this.#open({
        headers: { ':method': method, ':path': path, ...headers },
        endStream: body === undefined,
        signal,
      });
      let isAnswered = false;
      const fail = (error: Error) => {
        const isNotTaken =
          stream.rstCode === http2.constants.NGHTTP2_REFUSED_STREAM ||
          // No data came since: the connection had ended before, or broke silently.
          (wasGood &&
            this.#session.destroyed &&
            this.#socket.bytesRead === bytesRead &&
            !signal.aborted);
        reject(isNotTaken ? new NotTakenError(error) : error);
      };
      // Stays while the body is read: its reader gets the error.
      stream.on('error', error => isAnswered || fail(error));
      stream.on('close', () => {
        this.#leave();
        if (!isAnswered) fail(cut());
      });
      stream.on('response', answered => {
        this.#hasAnswered = true;
        isAnswered = true;
        const { ':status': status = 0, ...rest } = answered;
        resolve({ status, headers: flatten(rest), body: wholeBody(stream) });
      });
      if (body !== undefined) stream.end(body);
    });
  }

  /** Lets requests in flight finish, then closes the connection. */
  retire(): void {
    this.#isLeaving = true;
    if (this.#streams === 0) this.#session.close();
  }

  destroy(): void {
    this.#session.destroy();
  }

  #open({
    headers,
    ...options
  }: {
    headers: Record<string, string | number>;
    endStream: boolean;
    signal: AbortSignal;
  }) {
    try {
      const stream = this.#session.request(headers, options);
      this.#session.ref();
      return stream;
    } catch (error) {
      this.#leave();
      throw new NotTakenError(error); // it ended, or the server sent GOAWAY, at this moment
    }
  }

  #leave(): void {
    this.#streams--;
    if (this.#streams > 0) return;
    this.#session.unref();
    if (this.#isLeaving) this.#session.close();
  }

  #askWhenQuiet(): void {
    const nowMs = performance.now();
    const { bytesRead } = this.#socket;
    if (bytesRead !== this.#heard.bytes || this.#heard.atMs === 0) {
      this.#heard = { bytes: bytesRead, atMs: nowMs };
      return;
    }
    if (this.#isAsking || nowMs - this.#heard.atMs < this.#patience.quietMs)
      return;
    this.#isAsking = true;
    const timer = setTimeout(
      () => this.#session.destroy(),
      this.#patience.pongMs,
    );
    const isSent = this.#session.ping(error => {
      clearTimeout(timer);
      this.#isAsking = false;
      if (error === null)
        this.#heard = {
          bytes: this.#socket.bytesRead,
          atMs: performance.now(),
        };
    });
    if (!isSent) {
      clearTimeout(timer);
      this.#isAsking = false;
    }
  }
}

/** A cut stream ends like a complete one; only its code differs. */
async function* wholeBody(
  stream: ClientHttp2Stream,
): AsyncIterable<Uint8Array> {
  for await (const chunk of stream) yield chunk;
  if (stream.rstCode !== http2.constants.NGHTTP2_NO_ERROR) throw cut();
}

function cut(): Error {
  return Object.assign(new Error('the connection was cut'), {
    code: 'ECONNRESET',
  });
}

function flatten(
  headers: Record<string, string | string[] | number | undefined>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : String(value ?? ''),
    ]),
  );
}
