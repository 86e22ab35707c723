import { readFile } from 'node:fs/promises';

/** Both ends of a TCP connection of this machine, from the side whose user is looked up. */
export interface Connection {
  address: string;
  port: number;
  remotePort: number;
}

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/**
 * Returns the user of the process at the other end of a connection; undefined
 * when it is no longer known: the kernel drops the user of a closed socket.
 *
 * @remarks Source: proc(5), /proc/net/tcp.
 */
export async function readSocketUser(
  connection: Connection,
  read: (file: string) => Promise<string> = file => readFile(file, 'utf8'),
): Promise<number | undefined> {
  for (const file of TABLES) {
    const table = await read(file).catch(() => '');
    const uid = findUser(table, connection);
    if (uid !== undefined) return uid;
  }
  return undefined;
}

function findUser(
  table: string,
  { address, port, remotePort }: Connection,
): number | undefined {
  const [own, remote] = [port, remotePort].map(hexPort);
  for (const line of table.split('\n')) {
    const [, local, other, , , , , uid, , inode] = line.trim().split(/\s+/);
    if (
      inode !== '0' && // a closed socket, whose user is given as 0
      local?.endsWith(`:${own}`) &&
      other?.endsWith(`:${remote}`) &&
      decodeAddress(local.slice(0, -5)) === plainAddress(address)
    )
      return Number(uid);
  }
  return undefined;
}

function hexPort(port: number): string {
  return port.toString(16).toUpperCase().padStart(4, '0');
}

/** Decodes words of four bytes in the machine's byte order, which is little-endian wherever Node.js runs. */
function decodeAddress(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap(word =>
    (word.match(/../g) ?? []).reverse().map(byte => parseInt(byte, 16)),
  );
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) =>
    (bytes[index * 2] * 256 + bytes[index * 2 + 1]).toString(16),
  );
  return plainAddress(
    new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1),
  );
}

/** Converts `::ffff:127.0.0.1` and `::ffff:7f00:1` to `127.0.0.1`. */
function plainAddress(address: string): string {
  const mapped = /^::ffff:(.*)$/i.exec(address)?.[1];
  if (mapped === undefined) return address;
  const words = /^([0-9a-f]{1,4}):([0-9a-f]{1,4})$/i.exec(mapped);
  if (!words) return mapped;
  const [high, low] = words.slice(1).map(word => parseInt(word, 16));
  return [high, low]
    .flatMap(word => [Math.floor(word / 256), word % 256])
    .join('.');
}
