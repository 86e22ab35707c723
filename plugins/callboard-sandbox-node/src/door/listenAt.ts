import { chmod, chown, rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import type { OtherUser } from '../otherUser';

/**
 * Makes a server listen on a Unix socket.
 *
 * @param user - may connect, in addition to this process; undefined when it
 *   runs as our own user
 */
export async function listenAt(
  path: string,
  server: Server,
  user: OtherUser | undefined,
): Promise<void> {
  await rm(path, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
  await chmod(path, 0o600);
  if (user) await chown(path, user.uid, user.gid);
}
