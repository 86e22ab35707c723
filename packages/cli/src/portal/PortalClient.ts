import {
  type ApiError,
  type ListOperationName,
  type OperationAnswer,
  type OperationInput,
  type OperationItem,
  type OperationName,
  type OperationRequest,
  askOperation,
  listOperation,
  operationRequest,
} from '@callboard/plugin-callboard-common';
import { type Io, UsageError } from '../Io';

const TRIES = 4;
const PAUSE_MS = 2_000;
const LONGEST_ANSWER = 1_000_000; // characters that are read of an error response

/** A refusal of the portal, with its problem. */
export class PortalError extends Error {
  readonly problem: ApiError;
  readonly status: number;

  constructor(problem: ApiError, status: number) {
    super(problem.what);
    this.problem = problem;
    this.status = status;
  }
}

/** The portal does not answer, or the response is not from a portal. */
export class PortalSilent extends UsageError {}

/** Client of one portal's API, with one token. */
export class PortalClient {
  readonly #io: Pick<Io, 'ask' | 'err' | 'pause'>;
  readonly #token: string;
  /** Address without a trailing slash. */
  readonly base: string;

  /**
   * @param base - as returned by {@link readBase}
   */
  constructor(
    base: string,
    token: string,
    io: Pick<Io, 'ask' | 'err' | 'pause'>,
  ) {
    this.#io = io;
    this.base = base;
    this.#token = token;
    const { protocol, hostname } = new URL(base);
    if (protocol === 'http:' && !isOwnMachine(hostname))
      io.err(`The token goes to ${hostname} unencrypted: use https://`);
  }

  /** Calls an operation that returns one value. */
  async read<O extends OperationName>(
    operation: O,
    input: OperationInput<O>,
  ): Promise<OperationAnswer<O>> {
    return askOperation(operation, input, request => this.#send(request));
  }

  /** Calls a list operation and reads all its pages. */
  async list<O extends ListOperationName>(
    operation: O,
    input: OperationInput<O>,
  ): Promise<Array<OperationItem<O>>> {
    return listOperation(operation, input, request => this.#send(request));
  }

  /**
   * Calls an operation. Requests that are safe to repeat (GET, or with an
   * idempotency key) are retried while the portal is unreachable or answers
   * 502, 503 or 504.
   *
   * @param signal - ends the request, and the body of its response
   */
  async ask<O extends OperationName>(
    operation: O,
    input: OperationInput<O>,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    const request = operationRequest(operation, input);
    return this.#send(request, headers, signal);
  }

  async #send(
    { address, ...request }: OperationRequest,
    headers: Record<string, string> = {},
    signal?: AbortSignal,
  ): Promise<Response> {
    const url = `${this.base}/api/callboard/v1${address}`;
    const mayRepeat = request.method === 'GET' || 'idempotency-key' in headers;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#io
        .ask(url, {
          ...request,
          ...(signal && { signal }),
          headers: {
            ...request.headers,
            ...headers,
            authorization: `Bearer ${this.#token}`,
          },
        })
        .catch((failure: Error) => ({ failure }));
      if (!('failure' in answer) && answer.ok) return answer;
      const isTransient =
        'failure' in answer || [502, 503, 504].includes(answer.status);
      if (!isTransient || !mayRepeat || attempt === TRIES || signal?.aborted)
        throw await this.#refusalOf(answer);
      this.#io.err(`${this.base} does not answer; it is asked again`);
      await this.#io.pause(PAUSE_MS * attempt, signal);
    }
  }

  async #refusalOf(answer: Response | { failure: Error }): Promise<Error> {
    if ('failure' in answer)
      return new PortalSilent(
        `Cannot reach ${this.base}: ${describeFailure(answer.failure)}`,
      );
    const text = (await answer.text().catch(() => '')).slice(0, LONGEST_ANSWER);
    const problem = readProblem(text);
    if (problem) return new PortalError(problem, answer.status);
    return new PortalSilent(
      `${this.base} answered ${answer.status}: is it the address of the portal's backend?`,
    );
  }
}

function readProblem(text: string): ApiError | undefined {
  try {
    const value = JSON.parse(text) as Partial<ApiError> | null;
    const { what, why, next } = value ?? {};
    return [what, why, next].every(part => typeof part === 'string')
      ? (value as ApiError)
      : undefined;
  } catch {
    return undefined; // a proxy's page
  }
}

/** Normalizes the address of a portal's backend for requests and storage. */
export function readBase(portal: string): string {
  const url = URL.canParse(portal) ? new URL(portal) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol))
    throw new UsageError(
      `--portal "${portal}" is not an address: https://portal.example.com`,
    );
  if (url.username !== '' || url.password !== '')
    throw new UsageError(
      '--portal holds a password: give the token as CALLBOARD_TOKEN instead',
    );
  return `${url.origin}${url.pathname.replace(/\/$/, '')}`;
}

/** Checks that a token fits into a header. */
export function readToken(token: string): string {
  if (!/^[!-~]+$/.test(token))
    throw new UsageError(
      'The token holds characters that no token has, such as a line break',
    );
  return token;
}

function isOwnMachine(host: string): boolean {
  return (
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host) ||
    host.endsWith('.localhost')
  );
}

/** Describes the cause that Node hides behind "fetch failed". */
function describeFailure({ message, cause }: Error): string {
  const { code, message: why } = (cause ?? {}) as {
    code?: string;
    message?: string;
  };
  return why || code || message;
}
