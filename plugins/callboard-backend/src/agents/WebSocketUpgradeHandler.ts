import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'express';
import { type UpgradeHandler, offerToRoutes } from './offerToRoutes';

/*
 * How a plugin receives upgrades from the portal's one HTTP server.
 *
 *   Backstage gives a plugin requests, not the server. A request knows its
 *   socket, and the socket its server: the first request that passes our routes
 *   provides it. No client upgrades before that, so the plugin sends itself
 *   a request at its start.
 *
 *   As soon as a server has one listener for upgrades, Node.js passes upgrades
 *   to listeners only, never to routes. Other plugins find the server in the
 *   very first upgrade that their routes see (signals-backend does). So an
 *   upgrade of another path is offered to the routes until a listener for it is
 *   known. The number of listeners shows nothing: one that only watches handles
 *   none.
 */

export interface UpgradeOptions {
  /**
   * After this time an upgrade of another path without a response from a
   * listener gets the routes' response, and its socket ends.
   */
  unansweredMs?: number;
}

const UNANSWERED_MS = 10_000; // authentication of signals takes one request to another plugin
const MOST_KNOWN_PATHS = 100; // clients choose the paths

/** Handles upgrades of one path on the server that serves this plugin. */
export class WebSocketUpgradeHandler {
  readonly #path: string;
  readonly #onUpgrade: UpgradeHandler;
  readonly #unansweredMs: number;
  readonly #servers = new Set<Server>();
  /** Paths whose upgrades another listener handles. */
  readonly #othersPaths = new Set<string>();
  #isClosed = false;

  /** @param path - from the server's root: `/api/callboard/agents/connect` */
  constructor(
    path: string,
    onUpgrade: UpgradeHandler,
    { unansweredMs = UNANSWERED_MS }: UpgradeOptions = {},
  ) {
    this.#path = path;
    this.#onUpgrade = onUpgrade;
    this.#unansweredMs = unansweredMs;
  }

  get hasServer(): boolean {
    return this.#servers.size > 0;
  }

  /** Mounted before the plugin's routes. Handles no request itself. */
  readonly middleware: RequestHandler = (req, _res, next) => {
    const { server } = req.socket as Socket & { server?: Server };
    if (server && !this.#isClosed) this.#listenTo(server);
    next();
  };

  close(): void {
    this.#isClosed = true;
    for (const server of this.#servers)
      server.removeListener('upgrade', this.#take);
    this.#servers.clear();
  }

  #listenTo(server: Server): void {
    if (this.#servers.has(server)) return;
    this.#servers.add(server);
    server.on('upgrade', this.#take);
  }

  readonly #take = (
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): void => {
    const [path] = (request.url ?? '').split('?', 1);
    if (path === this.#path) this.#onUpgrade(request, socket, head);
    else this.#leaveToOthers(path, request, socket as Socket, head);
  };

  #leaveToOthers(
    path: string,
    request: IncomingMessage,
    socket: Socket,
    head: Buffer,
  ): void {
    socket.on('error', () => socket.destroy()); // no other listener exists until the upgrade is taken
    const sentBefore = socket.bytesWritten;
    const offer = this.#othersPaths.has(path)
      ? undefined
      : offerToRoutes({
          request,
          socket,
          head,
          onListener: () => this.#rememberOthers(path),
        });
    const timer = setTimeout(() => {
      offer?.withdraw();
      if (socket.bytesWritten > sentBefore) {
        this.#rememberOthers(path);
        return;
      }
      this.#othersPaths.delete(path);
      socket.end(offer?.answer() ?? '');
    }, this.#unansweredMs);
    timer.unref();
    socket.once('close', () => {
      clearTimeout(timer);
      offer?.withdraw();
    });
  }

  #rememberOthers(path: string): void {
    if (this.#othersPaths.size < MOST_KNOWN_PATHS) this.#othersPaths.add(path);
  }
}
