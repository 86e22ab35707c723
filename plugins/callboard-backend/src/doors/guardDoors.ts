import type { Config } from '@backstage/config';
import type { Problem } from '@callboard/plugin-callboard-common';
import type { Express, Response } from 'express';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type AppDoor, readAppNames } from './apps';
import { guardPeers } from './guardPeers';
import { statusOf } from '../http/statusOf';
import { RequestTurns } from './RequestTurns';
import { type Arrival, judgeRequest } from './judgeRequest';
import { readDoors } from './readDoors';
import { serveHalfClosed } from './serveHalfClosed';

const HEADERS_MS = 10_000; // a request line and headers are small: a slower client only occupies a socket

/**
 * Accepts requests only for the portal's own host names, and changes and
 * WebSockets only from its own pages. Call it before `applyDefaults` where the
 * root HTTP router is configured: it applies to all plugins.
 */
export function guardDoors({
  app,
  server,
  config,
  appDoor,
}: {
  app: Express;
  server: Server;
  config: Config;
  /** Enabled here: handles requests for apps that have their own host names. */
  appDoor?: AppDoor;
}): void {
  appDoor?.open(readAppNames(config));
  const doors = readDoors(config);
  const judgePeer = guardPeers(server);
  server.headersTimeout = HEADERS_MS;
  serveHalfClosed(server);
  const turns = new RequestTurns();
  app.use(function serveApps(req, res, next) {
    const named = appDoor?.find(req);
    if (!appDoor || !named) return next();
    const serve = (problem: Problem | undefined) =>
      problem ? refuse(res, problem) : appDoor.serve(named, req, res);
    return Promise.resolve(judgePeer(req.socket)).then(serve).catch(next);
  });
  app.use(function shareTurns(_req, res, next) {
    turns.enter(() => {
      if (!res.closed) next();
    });
  });
  app.use(function guardDoor(req, res, next) {
    const settle = (problem: Problem | undefined) => {
      if (problem) refuse(res, problem);
      else next();
    };
    const problem = judgeRequest(arrivalOf(req, false), doors);
    const peer = problem ? undefined : judgePeer(req.socket);
    if (peer) peer.then(settle, next);
    else settle(problem);
  });
  guardUpgrades(server, {
    judge: request =>
      (appDoor?.find(request)
        ? undefined
        : judgeRequest(arrivalOf(request, true), doors)) ??
      judgePeer(request.socket),
    take(request, socket, head) {
      const named = appDoor?.find(request);
      if (!appDoor || !named) return false;
      void appDoor.upgrade(named, request, socket, head);
      return true;
    },
  });
}

function refuse(res: Response, problem: Problem): void {
  const { code, what, why, next } = problem;
  // Later requests on this socket may be for other hosts.
  res.status(statusOf(problem)).set('connection', 'close');
  res.json({ code, what, why, next });
}

/**
 * Checks upgrades before any listener receives them. `emit` is the only place
 * that all upgrades pass: a listener could not prevent calls to the other
 * listeners.
 */
function guardUpgrades(
  server: Server,
  {
    judge,
    take,
  }: {
    judge(
      request: IncomingMessage,
    ): Problem | Promise<Problem | undefined> | undefined;
    /** @returns false for a request to the portal */
    take(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  },
): void {
  const emit = server.emit.bind(server);
  server.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    if (event !== 'upgrade') return emit(event, ...args);
    const [request, socket, head] = args as [IncomingMessage, Duplex, Buffer];
    const admit = () => take(request, socket, head) || emit(event, ...args);
    const judged = judge(request);
    if (judged === undefined) return admit();
    if (judged instanceof Promise)
      judged.then(
        problem => (problem ? refuseUpgrade(socket, problem) : admit()),
        () => socket.destroy(),
      );
    else refuseUpgrade(socket, judged);
    return true;
  };
}

function refuseUpgrade(socket: Duplex, problem: Problem): void {
  const { code, what, why, next } = problem;
  const body = JSON.stringify({ code, what, why, next });
  socket.on('error', () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${statusOf(
      problem,
    )} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(
      body,
    )}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function arrivalOf(request: IncomingMessage, isUpgrade: boolean): Arrival {
  const { host, origin } = request.headers;
  const fetchSite = request.headers['sec-fetch-site'];
  return {
    method: request.method ?? 'GET',
    url: request.url ?? '/',
    host,
    origin,
    fetchSite: Array.isArray(fetchSite) ? fetchSite[0] : fetchSite,
    isUpgrade,
  };
}
