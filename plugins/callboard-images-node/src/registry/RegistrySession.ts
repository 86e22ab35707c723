import {
  describeDuration,
  failed,
  ok,
  type Problem,
  type Result,
} from '@callboard/plugin-callboard-common';
import { withoutCredentials } from '@callboard/tunnel';
import { readChallenge } from './readChallenge';
import { AddressRefusedError, RegistryHttp } from './RegistryHttp';
import { readTextWithin } from './readTextWithin';
import {
  type RegistryAction,
  answerInvalid,
  permissionMissing,
  registryRefused,
  registryUnreachable,
  signInFailed,
} from './registryProblems';

/** Callboard's account at a registry. */
export interface RegistryCredentials {
  username: string;
  password: string;
}

export interface RegistryOptions {
  /** Host and port. */
  registry: string;
  /** Uses plain HTTP. */
  insecure?: boolean;
  credentials?: RegistryCredentials;
  /** Waits between attempts; real time in production. */
  pause(ms: number, signal: AbortSignal): Promise<void>;
  /** Returns a number in [0, 1). */
  random(): number;
}

export interface RegistryRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/v2/`, or a complete URL from a registry's `Location`. */
  path: string;
  repository: string;
  action: RegistryAction;
  /** Another repository to read from (blob mount). */
  alsoPull?: string;
  headers?: Record<string, string>;
  /** Called again for every attempt. */
  body?: () => BodyInit;
  /** Accepted statuses; any other from 400 on is a problem. */
  expect: readonly number[];
  /** The current action, for problems: `upload a layer`. */
  doing: string;
  signal: AbortSignal;
}

/** Registries whose API is not at the host in the names of their images. */
const HOSTS: Partial<Record<string, string>> = {
  'docker.io': 'registry-1.docker.io',
};
const TRIES = 4;
const FIRST_PAUSE_MS = 250;
const TOKEN_ANSWER_MAX_BYTES = 64 * 1024;
const ERROR_MAX_BYTES = 16 * 1024;
const CALL_DEADLINE_MS = 120_000;

/**
 * Client of one registry: signs in as it requires (anonymous, basic, token),
 * retries transient failures, and describes every refusal. No problem contains
 * credentials.
 */
export class RegistrySession {
  readonly registry: string;
  readonly #options: RegistryOptions;
  readonly #base: string;
  readonly #http: RegistryHttp;
  readonly #authorizations = new Map<string, string>();

  constructor(options: RegistryOptions) {
    this.registry = options.registry;
    this.#options = options;
    const host = HOSTS[options.registry] ?? options.registry;
    this.#base = `${options.insecure ? 'http' : 'https'}://${host}`;
    this.#http = new RegistryHttp(this.#base, {
      allowHttp: options.insecure === true,
    });
  }

  /** The caller reads or cancels the body of the response. */
  async send(request: RegistryRequest): Promise<Result<Response>> {
    let problem: Problem = registryUnreachable(
      this.registry,
      'it was not tried',
    );
    for (let attempt = 0; attempt < TRIES; attempt += 1) {
      if (attempt > 0) await this.#pause(attempt, request.signal);
      const answer = await this.#sendSignedIn(request);
      if (answer.ok || !answer.problem.transient || request.signal.aborted)
        return answer;
      problem = answer.problem;
    }
    return failed(problem);
  }

  /** Resolves a path or a `Location` to a complete URL of this registry. */
  addressOf(path: string): URL {
    return new URL(
      /^https?:\/\//.test(path) || path.startsWith('/') ? path : `/v2/${path}`,
      this.#base,
    );
  }

  async #pause(attempt: number, signal: AbortSignal): Promise<void> {
    const most = FIRST_PAUSE_MS * 2 ** attempt;
    await this.#options.pause(
      most / 2 + (most / 2) * this.#options.random(),
      signal,
    );
  }

  async #sendSignedIn(request: RegistryRequest): Promise<Result<Response>> {
    const scope = scopeOf(request);
    const first = await this.#fetch(request, this.#authorizations.get(scope));
    if (!first.ok || first.value.status !== 401)
      return this.#judge(first, request);
    const challenge = first.value.headers.get('www-authenticate');
    await first.value.body?.cancel();
    const authorization = await this.#signIn(challenge, scope, request);
    if (!authorization.ok) return authorization;
    this.#authorizations.set(scope, authorization.value);
    return this.#judge(
      await this.#fetch(request, authorization.value),
      request,
    );
  }

  async #fetch(
    request: RegistryRequest,
    authorization: string | undefined,
  ): Promise<Result<Response>> {
    const url = this.addressOf(request.path);
    // A registry may send uploads elsewhere; our credentials are sent only to the registry.
    const isOurs = url.origin === new URL(this.#base).origin;
    return this.#attempt(() =>
      this.#http.send(url, {
        method: request.method,
        headers: {
          ...request.headers,
          ...(authorization && isOurs ? { authorization } : {}),
        },
        signal: AbortSignal.any([
          request.signal,
          AbortSignal.timeout(CALL_DEADLINE_MS),
        ]),
        ...(request.body ? { body: request.body() } : {}),
      }),
    );
  }

  async #judge(
    answer: Result<Response>,
    request: RegistryRequest,
  ): Promise<Result<Response>> {
    if (!answer.ok) return answer;
    const { status } = answer.value;
    if (request.expect.includes(status)) return answer;
    const text = this.#withoutOurs(
      await readTextWithin(answer.value, ERROR_MAX_BYTES),
      request,
    );
    if (status === 401) {
      const used = this.#authorizations.get(scopeOf(request));
      this.#authorizations.delete(scopeOf(request));
      // A token was issued and is not sufficient: the account lacks the permission.
      return failed(
        used?.startsWith('Bearer') && this.#options.credentials
          ? permissionMissing(this.registry, request.repository, request.action)
          : signInFailed(request, {
              registry: this.registry,
              hasCredentials: this.#options.credentials !== undefined,
            }),
      );
    }
    if (status === 403)
      return failed(
        permissionMissing(this.registry, request.repository, request.action),
      );
    return failed(registryRefused(this.registry, request.doing, status, text));
  }

  async #signIn(
    header: string | null,
    scope: string,
    request: RegistryRequest,
  ): Promise<Result<string>> {
    const { registry } = this;
    const challenge = readChallenge(header);
    const { credentials } = this.#options;
    const basic =
      credentials &&
      `Basic ${Buffer.from(
        `${credentials.username}:${credentials.password}`,
      ).toString('base64')}`;
    if (!challenge)
      return failed(
        answerInvalid(
          this.registry,
          'it asks for a way to sign in that is neither Basic nor Bearer',
        ),
      );
    if (challenge.scheme === 'basic')
      return basic
        ? ok(basic)
        : failed(signInFailed(request, { registry, hasCredentials: false }));
    const url = this.#tokenAddress(challenge.realm);
    if (!url)
      return failed(
        answerInvalid(
          this.registry,
          'it sends to a sign-in address that is not safe',
        ),
      );
    if (challenge.service) url.searchParams.set('service', challenge.service);
    for (const part of scope.split(' ')) url.searchParams.append('scope', part);
    const answer = await this.#attempt(() =>
      this.#http.send(url, {
        method: 'GET',
        headers: basic ? { authorization: basic } : {},
        signal: AbortSignal.any([
          request.signal,
          AbortSignal.timeout(CALL_DEADLINE_MS),
        ]),
      }),
    );
    if (!answer.ok) return answer;
    const text = await readTextWithin(answer.value, TOKEN_ANSWER_MAX_BYTES);
    if (answer.value.status === 401 || answer.value.status === 403)
      return failed(
        signInFailed(request, {
          registry,
          hasCredentials: credentials !== undefined,
        }),
      );
    if (!answer.value.ok)
      return failed(
        registryRefused(
          this.registry,
          'sign in',
          answer.value.status,
          this.#withoutOurs(text, request),
        ),
      );
    const token = readToken(text);
    return token
      ? ok(`Bearer ${token}`)
      : failed(answerInvalid(this.registry, 'its sign-in gave no token'));
  }

  /** Removes our credentials from a registry's text, which may quote its request. */
  #withoutOurs(text: string, request: RegistryRequest): string {
    const token = this.#authorizations
      .get(scopeOf(request))
      ?.replace(/^\w+ /, '');
    return withoutCredentials(text, {
      ...(token !== undefined && { token }),
      ...(this.#options.credentials && { basic: this.#options.credentials }),
    });
  }

  /** Plain HTTP is allowed only where it is allowed for the registry itself. */
  #tokenAddress(realm: string): URL | undefined {
    if (!URL.canParse(realm)) return undefined;
    const url = new URL(realm);
    return url.protocol === 'https:' ||
      (url.protocol === 'http:' && this.#options.insecure)
      ? url
      : undefined;
  }

  async #attempt(call: () => Promise<Response>): Promise<Result<Response>> {
    try {
      return ok(await call());
    } catch (error) {
      if (error instanceof AddressRefusedError)
        return failed(answerInvalid(this.registry, error.message));
      return failed(
        registryUnreachable(this.registry, describeFailure(error as Error)),
      );
    }
  }
}

const SCOPES: Record<RegistryAction, string> = {
  pull: 'pull',
  push: 'pull,push',
  delete: 'pull,delete',
};

function scopeOf({ repository, action, alsoPull }: RegistryRequest): string {
  const own = `repository:${repository}:${SCOPES[action]}`;
  return alsoPull && alsoPull !== repository
    ? `${own} repository:${alsoPull}:pull`
    : own;
}

function readToken(text: string): string | undefined {
  try {
    const { token, access_token: accessToken } = JSON.parse(text) as {
      token?: unknown;
      access_token?: unknown;
    };
    const found = token ?? accessToken;
    return typeof found === 'string' && /^[\x21-\x7e]+$/.test(found)
      ? found
      : undefined;
  } catch {
    return undefined;
  }
}

function describeFailure(error: Error): string {
  if (
    [error.name, (error.cause as Error | undefined)?.name].includes(
      'TimeoutError',
    )
  )
    return `it did not answer within ${describeDuration(CALL_DEADLINE_MS)}`;
  const { code } = error as NodeJS.ErrnoException;
  return code ? `the connection failed (${code})` : 'the connection failed';
}
