import type { Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { isLoopbackAddress } from '@callboard/plugin-callboard-node';
import { readSocketUser } from './readSocketUser';

/** Users that pushed code has: from `first` to `last`. */
export interface UserRange {
  first: number;
  last: number;
}

/**
 * Users of pushed code that shares this machine's network. Of the process, because
 * what runs pushed code and what answers requests do not know each other.
 */
const ranges: UserRange[] = [];

/** From now on connections of these users are those of pushed code. @returns ends that */
export function watchPeers(range: UserRange): () => void {
  ranges.push(range);
  return () => {
    ranges.splice(ranges.indexOf(range), 1);
  };
}

/** False where pushed code has networks of its own: then nothing need be looked up. */
export function arePeersWatched(): boolean {
  return ranges.length > 0;
}

/**
 * Whether pushed code may be at the other end of a connection: one of its users
 * holds it, or nobody any more, so that closing it early hides nothing.
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
