import { lookup } from 'node:dns/promises';
import { type Socket, connect, isIP } from 'node:net';
import { type Reach, isWithin } from '@callboard/plugin-callboard-node';
import type { EgressTarget } from './EgressPolicy';

const CONNECT_MS = 10_000;

/** A connection, or the reason why there is none. */
export type Connected =
  | { kind: 'connected'; socket: Socket }
  | { kind: 'unknown-name' }
  | { kind: 'refused-address'; address: string }
  | { kind: 'no-answer' };

/**
 * Connects to the first allowed address of a name. The name is resolved once
 * and the connection uses the address that was checked, so that a name cannot
 * resolve to another one in between.
 */
export async function connectChecked(
  { host, port }: EgressTarget,
  reach: Reach,
  resolve: (host: string) => Promise<string[]> = addressesOf,
): Promise<Connected> {
  const addresses = isIP(host)
    ? [host]
    : await resolve(host).catch((): string[] => []);
  if (addresses.length === 0) return { kind: 'unknown-name' };
  const allowed = addresses.filter(address => isWithin(address, reach));
  if (allowed.length === 0)
    return { kind: 'refused-address', address: addresses[0] };
  for (const address of allowed) {
    const socket = await dial(address, port);
    if (socket) return { kind: 'connected', socket };
  }
  return { kind: 'no-answer' };
}

async function addressesOf(host: string): Promise<string[]> {
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

async function dial(host: string, port: number): Promise<Socket | undefined> {
  const socket = connect({ host, port });
  return new Promise(resolve => {
    const timer = setTimeout(() => socket.destroy(), CONNECT_MS);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}
