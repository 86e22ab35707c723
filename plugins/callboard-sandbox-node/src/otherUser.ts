import { chown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Another user than the one the portal runs as; undefined when the portal itself is unprivileged. */
export interface OtherUser {
  uid: number;
  gid: number;
}

/** Gives a folder and all in it to a user; links themselves, never what they lead to. */
export async function chownAll(folder: string, user: OtherUser): Promise<void> {
  await chown(folder, user.uid, user.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if ((await lstat(path)).isDirectory()) await chownAll(path, user);
    else if (!entry.isSymbolicLink()) await chown(path, user.uid, user.gid);
  }
}
