import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isLoopbackAddress } from '@callboard/plugin-callboard-node';
import { readSocketUser } from './readSocketUser';

/** Users of pushed code: from `first` to `last`. */
export interface UserRange {
  first: number;
  last: number;
}

/**
 * Users of pushed code that shares this machine's network. Shared by the whole
 * process, because the code that runs pushed code and the code that serves
 * requests have no reference to each other.
 */
const ranges: UserRange[] = [];

/** Treats connections of these users as pushed code from now on. @returns a function that ends this */
export function watchPeers(range: UserRange): () => void {
  ranges.push(range);
  return () => {
    ranges.splice(ranges.indexOf(range), 1);
  };
}

/** False when pushed code has networks of its own: no lookup is needed then. */
export function arePeersWatched(): boolean {
  return ranges.length > 0;
}

/**
 * Whether pushed code may be at the other end of a connection: one of its users
 * owns the socket, or it is already closed, so that closing it early hides
 * nothing.
 */
export async function isPushedCode(socket: Socket): Promise<boolean> {
  const { remoteAddress, remotePort, localPort } = socket;
  if (!remoteAddress || !remotePort || !localPort) return true;
  if (!isOfThisMachine(remoteAddress)) return false;
  const uid = await readSocketUser({
    address: remoteAddress,
    port: remotePort,
    remotePort: localPort,
  });
  return (
    uid === undefined ||
    ranges.some(({ first, last }) => uid >= first && uid <= last)
  );
}

function isOfThisMachine(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, '');
  return (
    isLoopbackAddress(plain) ||
    Object.values(networkInterfaces())
      .flat()
      .some(own => own?.address === plain)
  );
}
