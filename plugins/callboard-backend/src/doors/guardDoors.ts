import type { Config } from '@backstage/config';
import type { Problem } from '@callboard/plugin-callboard-common';
import type { Express, Response } from 'express';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { guardPeers } from './guardPeers';
import { statusOf } from '../http/statusOf';
import { RequestTurns } from './RequestTurns';
import { type Arrival, judgeRequest } from './judgeRequest';
import { readDoors } from './readDoors';
import { serveHalfClosed } from './serveHalfClosed';

const HEADERS_MS = 10_000; // a request line and headers are small: who is slower holds a socket for nothing

/**
 * Answers only under the portal's own names and takes changes and WebSockets
 * only from its own pages. Call it before `applyDefaults` where the root HTTP
 * router is configured: it is for all plugins.
 */
export function guardDoors({
  app,
  server,
  config,
}: {
  app: Express;
  server: Server;
  config: Config;
}): void {
  const doors = readDoors(config);
  const judgePeer = guardPeers(server);
  server.headersTimeout = HEADERS_MS;
  serveHalfClosed(server);
  const turns = new RequestTurns();
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
  guardUpgrades(
    server,
    request =>
      judgeRequest(arrivalOf(request, true), doors) ??
      judgePeer(request.socket),
  );
}

function refuse(res: Response, problem: Problem): void {
  const { code, what, why, next } = problem;
  // The socket may carry requests for other names next.
  res.status(statusOf(problem)).set('connection', 'close');
  res.json({ code, what, why, next });
}

/**
 * Judges upgrades before any listener sees them. `emit` is the one place that
 * all of them pass: a listener could not keep the others from being called.
 */
function guardUpgrades(
  server: Server,
  judge: (
    request: IncomingMessage,
  ) => Problem | Promise<Problem | undefined> | undefined,
): void {
  const emit = server.emit.bind(server);
  server.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    if (event !== 'upgrade') return emit(event, ...args);
    const socket = args[1] as Duplex;
    const judged = judge(args[0] as IncomingMessage);
    if (judged === undefined) return emit(event, ...args);
    if (judged instanceof Promise)
      judged.then(
        problem =>
          problem ? refuseUpgrade(socket, problem) : emit(event, ...args),
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
