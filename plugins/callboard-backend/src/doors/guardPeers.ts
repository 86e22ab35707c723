import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '@callboard/plugin-callboard-common';
import {
  arePeersWatched,
  isPushedCode,
} from '@callboard/plugin-callboard-sandbox-node';

/**
 * Checks the peer of a connection where pushed code shares the machine's
 * network: such code may not use the portal, not even the routes without
 * sign-in.
 *
 * @returns a function that returns undefined where no peer has to be checked
 */
export function guardPeers(
  server: Server,
): (socket: Socket) => Promise<Problem | undefined> | undefined {
  const judged = new WeakMap<Socket, Promise<boolean>>();
  const judge = (socket: Socket) => {
    const known = judged.get(socket) ?? isPushedCode(socket);
    judged.set(socket, known);
    return known;
  };
  // On connection: a client that closes its side after the request cannot be identified
  // later.
  server.on('connection', socket => {
    if (arePeersWatched()) void judge(socket);
  });
  return socket =>
    arePeersWatched()
      ? judge(socket).then(isPushed => (isPushed ? refused() : undefined))
      : undefined;
}

function refused(): Problem {
  return {
    code: 'pushed-code-refused',
    what: 'Cannot answer pushed code',
    why: 'the connection comes from a user of this machine that pushed code runs as',
    next: 'Call the portal from outside the playground',
    transient: false,
  };
}
