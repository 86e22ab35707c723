import { chown, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** A user other than the portal's own; undefined when the portal itself is unprivileged. */
export interface OtherUser {
  uid: number;
  gid: number;
}

/** Changes the owner of a folder and everything in it; of links themselves, never of their targets. */
export async function chownAll(folder: string, user: OtherUser): Promise<void> {
  await chown(folder, user.uid, user.gid);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if ((await lstat(path)).isDirectory()) await chownAll(path, user);
    else if (!entry.isSymbolicLink()) await chown(path, user.uid, user.gid);
  }
}
