import { readFile, readdir, readlink } from 'node:fs/promises';
import { basename } from 'node:path';

const LISTENS = '0A'; // the state's value in /proc/net/tcp

/**
 * Describes the program that listens on a port of this machine: `nginx (process
 * 812)`, or `another program` where that is not visible.
 */
export async function describePortHolder(port: number): Promise<string> {
  const inodes = await findListeners(port);
  const pid = inodes.size === 0 ? undefined : await findOwner(inodes);
  if (pid === undefined) return 'another program';
  const path = await readlink(`/proc/${pid}/exe`).catch(() => '');
  return path ? `${basename(path)} (process ${pid})` : 'another program';
}

/** Columns: sl, local_address, rem_address, st, …, inode (10th). */
async function findListeners(port: number): Promise<Set<string>> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map(name =>
      readFile(`/proc/net/${name}`, 'utf8').catch(() => ''),
    ),
  );
  const rows = tables.flatMap(table => table.split('\n').slice(1));
  return new Set(
    rows
      .map(row => row.trim().split(/\s+/))
      .filter(row => row[1]?.endsWith(`:${hex}`) && row[3] === LISTENS)
      .map(row => `socket:[${row[9]}]`),
  );
}

async function findOwner(sockets: Set<string>): Promise<string | undefined> {
  const names = await readdir('/proc').catch(() => []);
  for (const pid of names.filter(name => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (sockets.has(target)) return pid;
    }
  }
  return undefined;
}
