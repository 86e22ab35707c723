import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What was removed from a data folder, for the log. */
export interface Leftovers {
  paths: string[];
  bytes: number;
}

/** Objects of a push that never ended, in git's own folder for them (`git help receive-pack`, Quarantine Environment). */
const QUARANTINE = /^(tmp_objdir-)?incoming-/;
const UNFINISHED_PACK = /^(tmp_|\.tmp-)/;

/**
 * Removes what ended work has left behind: objects of pushes that were cut, and
 * folders of builds whose process was killed. Nothing names either of them, and
 * `git gc` runs in no repository of the host.
 *
 * @param before - whatever changed later may still be in use, and stays
 */
export async function removeLeftovers(
  folders: { apps: string; builds: readonly string[] },
  before: Date,
): Promise<Leftovers> {
  const candidates: string[] = [];
  for (const folder of folders.builds)
    candidates.push(...(await entriesOf(folder)));
  for (const repository of await entriesOf(folders.apps)) {
    const objects = join(repository, 'objects');
    candidates.push(...(await entriesOf(objects, QUARANTINE)));
    candidates.push(
      ...(await entriesOf(join(objects, 'pack'), UNFINISHED_PACK)),
    );
  }
  const removed: Leftovers = { paths: [], bytes: 0 };
  for (const path of candidates) {
    const { bytes, changedAt } = await measure(path);
    if (changedAt >= before.getTime()) continue;
    await rm(path, { recursive: true, force: true });
    removed.paths.push(path);
    removed.bytes += bytes;
  }
  return removed;
}

async function entriesOf(folder: string, names = /./): Promise<string[]> {
  const found = await readdir(folder).catch(() => []);
  return found
    .filter(name => names.test(name))
    .sort()
    .map(name => join(folder, name));
}

/** Bytes of everything below, and when anything of it changed last. Links are not followed. */
async function measure(
  path: string,
): Promise<{ bytes: number; changedAt: number }> {
  const state = await lstat(path).catch(() => undefined);
  if (!state) return { bytes: 0, changedAt: 0 };
  const total = { bytes: state.size, changedAt: state.mtimeMs };
  if (!state.isDirectory()) return total;
  for (const entry of await entriesOf(path)) {
    const { bytes, changedAt } = await measure(entry);
    total.bytes += bytes;
    total.changedAt = Math.max(total.changedAt, changedAt);
  }
  return total;
}
