import {
  type ApiError,
  type OperationInput,
  type OperationName,
  operationRequest,
} from '@callboard/plugin-callboard-common';
import { type Io, UsageError } from '../Io';

const TRIES = 4;
const PAUSE_MS = 2_000;
const LONGEST_ANSWER = 1_000_000; // characters of a refusal that are read

/** A refusal of the portal, in its words. */
export class PortalError extends Error {
  readonly problem: ApiError;

  constructor(problem: ApiError) {
    super(problem.what);
    this.problem = problem;
  }
}

/** The API of one portal, asked with the token of the environment. */
export class PortalClient {
  readonly #io: Pick<Io, 'ask' | 'err' | 'pause'>;
  readonly #base: string;
  readonly #token: string;

  constructor(portal: string, io: Pick<Io, 'ask' | 'env' | 'err' | 'pause'>) {
    this.#io = io;
    this.#base = readBase(portal);
    this.#token = readToken(io.env('CALLBOARD_TOKEN'));
    const { protocol, hostname } = new URL(this.#base);
    if (protocol === 'http:' && !isOwnMachine(hostname))
      io.err(`The token goes to ${hostname} unencrypted: use https://`);
  }

  /**
   * Asks an operation. While the portal does not answer, or says that trying
   * again may help, it is asked again: only for what changes nothing when it is
   * asked twice.
   */
  async ask<O extends OperationName>(
    operation: O,
    input: OperationInput<O>,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const { address, ...request } = operationRequest(operation, input);
    const url = `${this.#base}/api/callboard/v1${address}`;
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#io
        .ask(url, {
          ...request,
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
      if (!isTransient || attempt === TRIES)
        throw await this.#refusalOf(answer);
      this.#io.err(`${this.#base} does not answer; it is asked again`);
      await this.#io.pause(PAUSE_MS * attempt);
    }
  }

  async #refusalOf(answer: Response | { failure: Error }): Promise<Error> {
    if ('failure' in answer)
      return new UsageError(
        `Cannot reach ${this.#base}: ${describeFailure(answer.failure)}`,
      );
    const text = (await answer.text().catch(() => '')).slice(0, LONGEST_ANSWER);
    const problem = readProblem(text);
    if (problem) return new PortalError(problem);
    return new UsageError(
      `${this.#base} answered ${
        answer.status
      }: is it the address of the portal's backend?`,
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

function readBase(portal: string): string {
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

function readToken(token: string | undefined): string {
  if (token === undefined)
    throw new UsageError(
      'CALLBOARD_TOKEN is missing: set it to a token of the portal, as a secret of your CI',
    );
  if (!/^[!-~]+$/.test(token))
    throw new UsageError(
      'CALLBOARD_TOKEN holds characters that no token has, such as a line break',
    );
  return token;
}

function isOwnMachine(host: string): boolean {
  return (
    /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(host) ||
    host.endsWith('.localhost')
  );
}

/** Node puts what happened behind "fetch failed". */
function describeFailure({ message, cause }: Error): string {
  const { code, message: why } = (cause ?? {}) as {
    code?: string;
    message?: string;
  };
  return why || code || message;
}
