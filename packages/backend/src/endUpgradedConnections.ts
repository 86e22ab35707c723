import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/**
 * Ends WebSockets when the portal stops, and takes no new ones. Node's server
 * waits for them without end, and an open page connects its signals anew as
 * soon as they are cut: the portal would be killed instead of ending.
 */
export function endUpgradedConnections(
  server: Server,
  lifecycle: { addShutdownHook(hook: () => void): void },
): void {
  const open = new Set<Duplex>();
  let ending = false;
  server.on('upgrade', (_request, socket) => {
    if (ending) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  lifecycle.addShutdownHook(() => {
    ending = true;
    for (const socket of open) socket.destroy();
  });
}
