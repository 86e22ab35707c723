import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const STILL_MS = 30_000; // as long as a transfer of git may stand still

/**
 * Answers clients, with and without TLS, that shut their sending side after the
 * request, as `nc -N` and some proxies do. Node's server takes that for a client
 * that is gone, and ends the connection before the answer.
 *
 * From here it cannot be told from one that is gone: so anyone who shut it and takes
 * nothing for `stillMs` is cut off, and holds no place any longer.
 */
export function serveHalfClosed(server: Server, stillMs = STILL_MS): void {
  // Node has it as a property without an option: lib/_http_server.js, `socketOnEnd`.
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // A plain server of Node has it; one with TLS takes it from here for each connection.
  (server as Server & { allowHalfOpen: boolean }).allowHalfOpen = true;
  const cutWhenStill = (socket: Socket) => {
    socket.once('end', () => {
      socket.setTimeout(stillMs, () => socket.destroy());
    });
  };
  server.on('connection', cutWhenStill);
  server.on('secureConnection', cutWhenStill);
}
