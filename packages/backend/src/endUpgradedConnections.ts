import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { Server as TlsServer } from 'node:tls';

/**
 * Closes WebSockets when the portal stops, and accepts no new ones. Node's
 * server waits for them without end, and an open page reconnects its signals as
 * soon as they are cut: the portal would be killed instead of ending.
 *
 * Watches connections, not upgrades: a server with a listener for upgrades
 * passes none to its routes, where plugins find the server.
 */
export function endUpgradedConnections(
  server: Server,
  lifecycle: { addShutdownHook(hook: () => void): void },
): void {
  const open = new Set<Duplex>();
  const answering = new Set<Duplex>();
  const opened =
    server instanceof TlsServer ? 'secureConnection' : 'connection';
  server.on(opened, (socket: Duplex) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  server.on('request', ({ socket, headers }: IncomingMessage, response) => {
    if (headers.upgrade !== undefined) return;
    answering.add(socket);
    (response as ServerResponse).once('close', () => answering.delete(socket));
  });
  lifecycle.addShutdownHook(() => {
    server.prependListener('upgrade', (_request, socket) => socket.destroy());
    for (const socket of open) if (!answering.has(socket)) socket.destroy();
  });
}
