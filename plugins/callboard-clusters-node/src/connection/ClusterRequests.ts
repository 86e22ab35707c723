import { setTimeout as sleep } from 'node:timers/promises';
import {
  describeBytes,
  describeDuration,
  failed,
  ok,
  type Problem,
  type Result,
} from '@callboard/plugin-callboard-common';
import {
  type ClusterRequest,
  type ClusterResponse,
  type ClusterTransport,
  NotSentError,
  type RegisteredCluster,
  AnswerTooLargeError,
  readBody,
  readBodyStart,
} from '@callboard/plugin-callboard-node';
import { CircuitBreaker } from './CircuitBreaker';
import {
  callAborted,
  clusterAnswerInvalid,
  clusterThrottled,
  clusterTimeout,
  clusterUnreachable,
} from './clusterProblems';
import { describeNetworkError } from './describeNetworkError';
import { type ConnectionLimits, DEFAULT_DEADLINE_MS } from './limits';
import { RequestQueue } from './RequestQueue';
import { readRetryAfterMs } from './readRetryAfterMs';

/** Created once: without a reason each call would create an error with its stack, which costs more than many a call. */
const OVER = new Error('The call is over');

export interface Call {
  method: ClusterRequest['method'];
  path: string;
  /** Text for problems: `Cannot read Pod "web" in namespace "shop--dev"`, without the cluster. */
  what: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  deadlineMs?: number;
  /** Truncates the response at this size instead of refusing it. */
  cutAtBytes?: number;
  /** A probe is sent even while the breaker holds other requests back. */
  isProbe?: boolean;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  bytes: Uint8Array;
}

/** A response with a streaming body. `abort` ends it. */
export interface OpenAnswer {
  response: ClusterResponse;
  abort(): void;
}

/**
 * Sends requests to one cluster within limits: deadline, bytes, concurrency,
 * requested pauses, and a breaker. Independent of Kubernetes.
 */
export class ClusterRequests {
  readonly #cluster: RegisteredCluster;
  readonly #limits: ConnectionLimits;
  readonly #queue: RequestQueue;
  readonly #breaker: CircuitBreaker;
  readonly #closing = new AbortController();
  #transport: Promise<ClusterTransport> | undefined;
  #pausedUntilMs = 0;

  constructor(cluster: RegisteredCluster, limits: ConnectionLimits) {
    this.#cluster = cluster;
    this.#limits = limits;
    this.#queue = new RequestQueue(
      limits.concurrentRequests,
      limits.queuedRequests,
    );
    this.#breaker = new CircuitBreaker(limits);
  }

  get #name(): string {
    return this.#cluster.file.metadata.name;
  }

  /** Sends one request and reads its whole response. Waits after a 429 if the deadline allows. */
  async send(call: Call): Promise<Result<Answer>> {
    return this.#withinDeadline(call, async (signal, deadlineAtMs) => {
      const leave = await this.#queue.enter(signal);
      if (leave === undefined) {
        signal.throwIfAborted();
        return failed(tooManyRequests(this.#name, this.#what(call)));
      }
      signal.addEventListener('abort', leave, { once: true }); // even if the transport never settles
      try {
        for (;;) {
          const paused = await this.#waitOutPause(call, signal, deadlineAtMs);
          if (paused !== undefined) return failed(paused);
          const answer = await this.#sendOnce(call, signal);
          if (answer.status !== 429) return ok(answer);
          const waitMs = readRetryAfterMs(
            answer.headers['retry-after'],
            Date.now(),
          );
          this.#pausedUntilMs = Math.max(
            this.#pausedUntilMs,
            Date.now() + waitMs,
          );
        }
      } finally {
        leave();
      }
    });
  }

  /** Sends one request with a streaming response; the deadline ends with its headers. */
  async open(call: Call): Promise<Result<OpenAnswer>> {
    const stream = new AbortController();
    const opened = await this.#withinDeadline(
      call,
      async (signal, deadlineAtMs) => {
        const paused = await this.#waitOutPause(call, signal, deadlineAtMs);
        if (paused !== undefined) return failed(paused);
        const whileOpening = () => stream.abort();
        signal.addEventListener('abort', whileOpening, { once: true });
        try {
          const transport = await this.#open();
          return ok(await transport.send(this.#requestOf(call, stream.signal)));
        } finally {
          signal.removeEventListener('abort', whileOpening);
        }
      },
    );
    if (!opened.ok) return opened;
    const outer = AbortSignal.any([
      this.#closing.signal,
      ...(call.signal ? [call.signal] : []),
    ]);
    const abort = () => {
      outer.removeEventListener('abort', abort);
      stream.abort();
    };
    outer.addEventListener('abort', abort, { once: true });
    if (outer.aborted) abort();
    return ok({ response: opened.value, abort });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await this.#dropTransport();
  }

  async #sendOnce(call: Call, signal: AbortSignal): Promise<Answer> {
    const transport = await this.#open();
    const response = await transport.send(this.#requestOf(call, signal));
    if (response.status === 401) void this.#dropTransport(); // credentials may have been renewed: read them again
    const bytes =
      call.cutAtBytes === undefined
        ? await readBody(response.body, this.#limits.answerBytes)
        : await readBodyStart(response.body, call.cutAtBytes);
    return { status: response.status, headers: response.headers, bytes };
  }

  #requestOf(call: Call, signal: AbortSignal): ClusterRequest {
    const { method, path, headers, body } = call;
    return {
      method,
      path,
      headers: { accept: 'application/json', ...headers },
      body,
      signal,
    };
  }

  /** Runs `act` under the call's deadline and turns every thrown error into a problem. */
  async #withinDeadline<T>(
    call: Call,
    act: (signal: AbortSignal, deadlineAtMs: number) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const what = this.#what(call);
    if (this.#closing.signal.aborted || call.signal?.aborted)
      return failed(callAborted(what));
    const heldBackMs = call.isProbe ? 0 : this.#breaker.msToWait(Date.now());
    if (heldBackMs > 0) return failed(heldBack(this.#name, heldBackMs));

    const deadlineMs = call.deadlineMs ?? DEFAULT_DEADLINE_MS;
    const sentAtMs = Date.now();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), deadlineMs);
    const over = new AbortController(); // ends the rest of a refused response
    const signal = AbortSignal.any([
      late.signal,
      over.signal,
      this.#closing.signal,
      ...(call.signal ? [call.signal] : []),
    ]);
    try {
      const result = await untilAborted(
        act(signal, Date.now() + deadlineMs),
        signal,
      );
      if (result.ok) this.#breaker.recordSuccess();
      return result;
    } catch (error) {
      if (this.#closing.signal.aborted || call.signal?.aborted)
        return failed(callAborted(what));
      if (error instanceof AnswerTooLargeError) {
        return failed(
          clusterAnswerInvalid(
            this.#name,
            what,
            `it answers more than ${describeBytes(error.maxBytes)}`,
          ),
        );
      }
      if (!(error instanceof NotSentError))
        this.#breaker.recordFailure(Date.now(), sentAtMs);
      return failed(
        late.signal.aborted
          ? clusterTimeout(this.#name, deadlineMs)
          : describeNetworkError(this.#name, what, error),
      );
    } finally {
      clearTimeout(timer);
      over.abort(OVER);
    }
  }

  async #waitOutPause(
    call: Call,
    signal: AbortSignal,
    deadlineAtMs: number,
  ): Promise<Problem | undefined> {
    const waitMs = this.#pausedUntilMs - Date.now();
    if (waitMs <= 0) return undefined;
    if (this.#pausedUntilMs >= deadlineAtMs)
      return clusterThrottled(this.#name, this.#what(call), waitMs);
    await sleep(waitMs, undefined, { signal, ref: false });
    return undefined;
  }

  /** Opens the transport once for all callers; a failed attempt is dropped so that the next call tries again. */
  #open(): Promise<ClusterTransport> {
    this.#transport ??= this.#cluster
      .openTransport()
      .catch((error: unknown) => {
        this.#transport = undefined;
        throw error;
      });
    return this.#transport;
  }

  async #dropTransport(): Promise<void> {
    const transport = this.#transport;
    this.#transport = undefined;
    await transport?.then(
      open => open.close(),
      () => undefined,
    );
  }

  #what(call: Call): string {
    return `${call.what} on cluster "${this.#name}"`;
  }
}

/** Rejects as soon as the signal aborts, whether or not the transport reacts to it. */
async function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let onAbort: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Error('aborted'));
    signal.addEventListener('abort', onAbort, { once: true });
  });
  work.catch(() => undefined); // avoids an unhandled rejection when it loses the race
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function heldBack(cluster: string, waitMs: number): Problem {
  return clusterUnreachable(
    cluster,
    `its last answers failed; nothing is sent for another ${describeDuration(
      waitMs,
    )}`,
  );
}

function tooManyRequests(cluster: string, what: string): Problem {
  return {
    ...clusterUnreachable(
      cluster,
      'too many requests to it are waiting already',
    ),
    code: 'cluster-throttled',
    what,
  };
}
