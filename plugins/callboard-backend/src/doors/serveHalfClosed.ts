import type { Server } from 'node:http';
import type { Socket } from 'node:net';

const STILL_MS = 30_000; // as long as a git transfer may be idle

/**
 * Serves clients, with and without TLS, that close their sending side after the
 * request, as `nc -N` and some proxies do. Node's server treats such a client
 * as gone and ends the connection before the response.
 *
 * The server cannot distinguish it from a client that is gone: a client that
 * closed its side and reads nothing for `stillMs` is disconnected, which frees
 * its slot.
 */
export function serveHalfClosed(server: Server, stillMs = STILL_MS): void {
  // Node has it as a property without an option: lib/_http_server.js, `socketOnEnd`.
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // A plain server of Node has it; a TLS server applies it to each connection.
  (server as Server & { allowHalfOpen: boolean }).allowHalfOpen = true;
  const cutWhenStill = (socket: Socket) => {
    socket.once('end', () => {
      socket.setTimeout(stillMs, () => socket.destroy());
    });
  };
  server.on('connection', cutWhenStill);
  server.on('secureConnection', cutWhenStill);
}
