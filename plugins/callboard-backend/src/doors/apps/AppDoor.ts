import {
  createServiceRef,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Problem } from '@callboard/plugin-callboard-common';
import { isLoopbackAddress } from '@callboard/plugin-callboard-node';
import { type ProxyServer, createProxyServer } from 'httpxy';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import { ConcurrencyLimiter } from '../ConcurrencyLimiter';
import { answerProblem } from './answerProblem';
import type { AppNames, NamedApp } from './readAppNames';

/** Lookup of apps for the proxy. */
export interface AppDirectory {
  /** Returns the current addresses of an app, by cluster. */
  find(of: NamedApp): Promise<readonly string[]>;
  /** Returns the page with the status of an app. */
  pageOf(app: string): string;
}

const REQUESTS = { total: 1_000, perCaller: 250, waitMs: 0 }; // perCaller: of an app
const ANSWER_MS = 120_000;
const UPGRADE_MS = 10_000;
const WITHOUT_BODY = new Set(['GET', 'HEAD', 'OPTIONS']);
const MOST_COUNTED = 10_000; // apps whose round-robin position is kept

/** Headers of an earlier proxy cannot be trusted and are not forwarded. */
const FORWARDED = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
];

/**
 * Gives apps of the playground host names at the portal's own port and proxies
 * requests for them to their clusters, round robin. Only addresses of this
 * machine are dialled, whatever a cluster reports.
 */
export class AppDoor {
  readonly #proxy: ProxyServer = createProxyServer({
    xfwd: true,
    cookieDomainRewrite: '', // an app sets cookies only for its own host
    proxyTimeout: ANSWER_MS,
    upgradeTimeout: UPGRADE_MS,
  });
  readonly #requests = new ConcurrencyLimiter(REQUESTS);
  readonly #turns = new Map<string, number>();
  #names: AppNames | undefined;
  #directory: AppDirectory | undefined;

  /** Enables the proxy for these names; apps have no names before this call. */
  open(names: AppNames | undefined): void {
    this.#names = names;
  }

  answerFrom(directory: AppDirectory): void {
    this.#directory = directory;
  }

  /** Returns the address at which people open an app; undefined where apps have no names. */
  urlOf(of: NamedApp): string | undefined {
    return this.#names?.urlOf(of);
  }

  /** Returns the app that a request addresses; undefined for a request to the portal. */
  find({ headers, socket }: IncomingMessage): NamedApp | undefined {
    if (this.#names?.isLocal && !isLoopbackAddress(socket.remoteAddress ?? ''))
      return undefined;
    return this.#names?.find(headers.host);
  }

  async serve(
    of: NamedApp,
    req: IncomingMessage,
    res: ServerResponse,
  ): Promise<void> {
    const answer = (problem: Problem) =>
      answerProblem(req, res, problem, this.#directory?.pageOf(of.app));
    const release = await this.#requests.acquire(keyOf(of));
    if (!release) return answer(tooManyRequests(of));
    res.once('close', release);
    const targets = await this.#targetsOf(of);
    if (targets.length === 0) return answer(notRunning(of));
    forget(req);
    res.removeHeader('x-powered-by'); // set by the portal
    const tried = WITHOUT_BODY.has(req.method ?? '') ? targets : [targets[0]];
    for (const target of tried) {
      try {
        await this.#proxy.web(req, res, { target });
        return undefined;
      } catch {
        if (res.destroyed) return undefined;
        if (res.headersSent) return void res.destroy();
      }
    }
    return answer(notAnswering(of));
  }

  async upgrade(
    of: NamedApp,
    req: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<void> {
    socket.on('error', () => socket.destroy());
    const release = await this.#requests.acquire(keyOf(of));
    const [target] = release ? await this.#targetsOf(of) : [];
    if (!release || target === undefined || socket.destroyed) {
      release?.();
      socket.end(
        'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n',
      );
      return;
    }
    socket.once('close', release);
    forget(req);
    await this.#proxy
      .ws(req, socket as Socket, { target }, head)
      .catch(() => socket.destroy());
  }

  /** Returns the addresses to try, in round-robin order. */
  async #targetsOf(of: NamedApp): Promise<string[]> {
    const found = await this.#directory?.find(of).catch(() => []);
    const all = (found ?? []).filter(isOnThisMachine);
    const key = keyOf(of);
    const turn = this.#turns.get(key) ?? 0;
    if (this.#turns.size >= MOST_COUNTED) this.#turns.clear();
    this.#turns.set(key, turn + 1);
    const first = all.length === 0 ? 0 : turn % all.length;
    return [...all.slice(first), ...all.slice(0, first)];
  }
}

/**
 * The door of this process. A backend that passes one to `guardDoors` adds it
 * as this service; otherwise apps have no names.
 */
export const appDoorServiceRef = createServiceRef<AppDoor>({
  id: 'callboard.app-door',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({ service, deps: {}, factory: () => new AppDoor() }),
});

function keyOf({ app, environment }: NamedApp): string {
  return `${app}/${environment}`;
}

function forget({ headers }: IncomingMessage): void {
  for (const name of FORWARDED) delete headers[name];
}

function isOnThisMachine(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return (
    protocol === 'http:' &&
    (hostname === 'localhost' ||
      isLoopbackAddress(hostname.replace(/^\[|\]$/g, '')))
  );
}

function notRunning({ app, environment }: NamedApp): Problem {
  return {
    code: 'app-not-running',
    what: `${app} does not answer in ${environment}`,
    why: 'no instance of an app of this name is ready there',
    next: 'Look at the app’s page: it says where it runs, and why not',
    transient: true,
  };
}

function notAnswering(of: NamedApp): Problem {
  return {
    ...notRunning(of),
    code: 'app-not-answering',
    why: 'its instances are ready, but none accepts connections',
  };
}

function tooManyRequests({ app, environment }: NamedApp): Problem {
  return {
    code: 'app-busy',
    what: `Cannot pass this on to ${app} in ${environment}`,
    why: `${REQUESTS.perCaller} requests to it are under way, or ${REQUESTS.total} to all apps`,
    next: 'Try again in some seconds',
    transient: true,
  };
}
