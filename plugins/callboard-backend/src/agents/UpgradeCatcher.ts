import { type IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestHandler } from 'express';

/*
 * How a plugin gets at upgrades of the portal's one HTTP server.
 *
 *   Backstage gives a plugin requests, not the server. A request knows its
 *   socket, and the socket its server: the first request that passes our routes
 *   brings it along. Nobody upgrades before that, so the plugin sends itself
 *   one at its start.
 *
 *   As soon as a server has one listener for upgrades, Node.js hands upgrades to
 *   listeners only, never to routes. Other plugins find the server in the very
 *   first upgrade that their routes see (signals-backend does). So while ours is
 *   the only listener, upgrades that are not ours are handed on as the requests
 *   they would be without us.
 */

export type UpgradeHandler = (
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
) => void;

/** Takes over upgrades of one path on the server that serves this plugin. */
export class UpgradeCatcher {
  readonly #path: string;
  readonly #onUpgrade: UpgradeHandler;
  readonly #servers = new Set<Server>();
  #isClosed = false;

  /** @param path - from the server's root: `/api/callboard/agents/connect` */
  constructor(path: string, onUpgrade: UpgradeHandler) {
    this.#path = path;
    this.#onUpgrade = onUpgrade;
  }

  get hasServer(): boolean {
    return this.#servers.size > 0;
  }

  /** Put in front of the plugin's routes. Takes nothing from any request. */
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
    if (path === this.#path) {
      this.#onUpgrade(request, socket, head);
      return;
    }
    const { server } = request.socket as Socket & { server?: Server };
    if (server?.listenerCount('upgrade') === 1)
      handOnAsRequest(server, request, socket);
  };
}

/** What Node.js does with an upgrade where nobody listens for one. */
function handOnAsRequest(
  server: Server,
  request: IncomingMessage,
  socket: Duplex,
): void {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false; // its parser is gone: nothing more can be read from it
  response.assignSocket(socket as Socket);
  response.on('finish', () => {
    response.detachSocket(socket as Socket);
    socket.end();
  });
  socket.on('error', () => socket.destroy());
  server.emit('request', request, response);
}
