import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type HubIdentity,
  generateHubKey,
  readHubKey,
} from '@callboard/plugin-callboard-clusters-node';

/**
 * Opens the key by which agents recognize this portal: created at the first
 * start, stored beside the repositories, readable only by this user. All
 * processes of a portal share the folder and so the key; when two start at
 * once, the first key is used.
 *
 * After losing it, every agent has to be registered again: agents accept no
 * other key.
 */
export async function openHubKey(dataDir: string): Promise<HubIdentity> {
  const folder = join(dataDir, 'agents');
  const file = join(folder, 'hub-key.pem');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = await readKey(file);
  if (known !== undefined) return known;
  const aside = `${file}.${randomUUID()}`;
  await writeFile(aside, generateHubKey(), { mode: 0o600, flag: 'wx' });
  try {
    await link(aside, file); // atomic, and never over an existing file
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(aside, { force: true });
  }
  const made = await readKey(file);
  if (made === undefined)
    throw new Error(`${file} was removed while it was made`);
  return made;
}

async function readKey(file: string): Promise<HubIdentity | undefined> {
  const pem = await readFile(file, 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (pem === undefined) return undefined;
  try {
    return readHubKey(pem);
  } catch {
    throw new Error(
      `${file} is no private key. Put it back from a backup; without it every agent needs a new registration token, and then it can be deleted`,
    );
  }
}
