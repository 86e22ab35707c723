import { withoutSlashes } from '@callboard/plugin-callboard-common';
import type {
  CommitStatus,
  SourceHost,
} from '@callboard/plugin-callboard-node';

/** Differences between kinds of hosts. */
export interface HostKind {
  title: string;
  /** Host and port, as `integrations` names it. */
  host: string;
  /** Address in a browser; `https://<host>` when omitted. */
  baseUrl?: string;
  authorize(url: string): Promise<string | undefined>;
  /** The request that shows a status beside a commit; absent where the host does not support it. */
  statusRequest?(status: CommitStatus): StatusRequest;
}

export interface StatusRequest {
  url: string;
  headers?: Record<string, string>;
  body: Record<string, string>;
}

const ANSWER_MS = 10_000;

/** A repository host from `integrations`. */
export class RepositoryHost implements SourceHost {
  readonly title: string;
  readonly #kind: HostKind;
  readonly #protocol: string;

  constructor(kind: HostKind) {
    this.title = kind.title;
    this.#kind = kind;
    this.#protocol = new URL(kind.baseUrl ?? `https://${kind.host}`).protocol;
  }

  owns(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const { host, protocol } = new URL(url);
    return (
      protocol === this.#protocol &&
      host.toLowerCase() === this.#kind.host.toLowerCase()
    );
  }

  authorize(url: string): Promise<string | undefined> {
    return this.#kind.authorize(url);
  }

  /** Sends nothing without a credential: hosts accept no anonymous statuses. */
  async reportStatus(status: CommitStatus): Promise<void> {
    const request = this.#kind.statusRequest?.(status);
    const authorization = request && (await this.authorize(status.url));
    if (!request || authorization === undefined) return;
    const answer = await fetch(request.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization,
        ...request.headers,
      },
      body: JSON.stringify(request.body),
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    await answer.body?.cancel();
    if (!answer.ok)
      throw new Error(`${this.title} answered ${answer.status} to a status`);
  }
}

/** Returns the path of a repository on its host, without `.git`: `acme/shop`. */
export function repositoryOf(url: string, baseUrl?: string): string {
  const base = baseUrl === undefined ? '' : new URL(baseUrl).pathname;
  const { pathname } = new URL(url);
  const path =
    base !== '/' && pathname.startsWith(base)
      ? pathname.slice(base.length)
      : pathname;
  return withoutSlashes(path).replace(/\.git$/, '');
}

/** Returns the `Authorization` header for a user and a password. */
export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}
