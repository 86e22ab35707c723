import { freePort } from './freePort';

const FIRST_UNPRIVILEGED = 1_024;
const MOVED_BY = 20_000;

/**
 * Returns the ports on which code listens, by the port that the workload
 * declares. With a network of its own that is the same port, unless only root
 * may open it; else a free one of this machine.
 */
export async function choosePorts(
  declared: readonly number[],
  hasOwnNetwork: boolean,
): Promise<ReadonlyMap<number, number>> {
  const ports = new Map<number, number>();
  for (const port of declared) {
    if (!hasOwnNetwork) ports.set(port, await freePort());
    else ports.set(port, port < FIRST_UNPRIVILEGED ? port + MOVED_BY : port);
  }
  return ports;
}
