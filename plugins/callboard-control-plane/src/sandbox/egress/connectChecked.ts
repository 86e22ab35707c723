import { lookup } from 'node:dns/promises';
import { BlockList, type Socket, connect, isIP } from 'node:net';
import {
  isLoopbackAddress,
  isNearAddress,
  isRefusedAddress,
} from '../../network/refuseAddress';
import type { EgressTarget } from './EgressPolicy';

const CONNECT_MS = 10_000;

/** Shared addresses of providers (RFC 6598): nothing public answers there. */
const SHARED = new BlockList();
SHARED.addSubnet('100.64.0.0', 10, 'ipv4');

/** Which addresses a name may lead to. Link-local and metadata addresses are in none of them. */
export type Reach = 'public' | 'private' | 'loopback';

/** A connection, or why there is none. */
export type Connected =
  | { kind: 'connected'; socket: Socket }
  | { kind: 'unknown-name' }
  | { kind: 'refused-address'; address: string }
  | { kind: 'no-answer' };

/**
 * Connects to the first address of a name that is allowed. The name is asked once
 * and the address that was checked is the one that is dialled, so that a name
 * cannot lead elsewhere between the two.
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

/** Whether an address may be dialled for a name of this reach. */
export function isWithin(address: string, reach: Reach): boolean {
  if (isRefusedAddress(address)) return false;
  if (isLoopbackAddress(address)) return reach === 'loopback';
  const isPrivate =
    isNearAddress(address) ||
    (isIP(address) === 4 && SHARED.check(address, 'ipv4'));
  return !isPrivate || reach !== 'public';
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
