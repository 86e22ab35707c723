import { type Socket, connect } from 'node:net';
import type { Address } from './PodRuntime';

/** Opens a connection to an address; rejects when nothing listens there. */
export async function openConnection({
  host,
  port,
  dial,
}: Address): Promise<Socket> {
  if (dial) return dial();
  const socket = connect(port, host);
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}
