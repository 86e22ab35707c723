import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Files in a data folder that no work uses any more. */
export interface Leftovers {
  paths: string[];
  bytes: number;
}

/** Folders in which leftovers are found. */
export interface LeftoverFolders {
  /** Repositories of apps. */
  apps: string;
  /** Repositories of deleted apps. */
  deleted: string;
  /** Folders of builds. */
  builds: readonly string[];
  /** Bundles of the playground. */
  bundles: string;
}

/**
 * Objects of a push or a fetch that did not complete, in git's own folder for
 * them (`git help receive-pack`, Quarantine Environment).
 */
const QUARANTINE = /^(tmp_objdir-)?incoming-/;
const UNFINISHED_PACK = /^(tmp_|\.tmp-)/;
/** The repository of a deleted app, with the time of its deletion. */
const DELETED = /\.(\d+)\.git$/;
const DELETED_KEPT_MS = 30 * 24 * 60 * 60_000; // a mistaken deletion is noticed sooner
/** A bundle that is being added or removed. */
const ASIDE = /^\.(incoming|removed)-/;

/**
 * Finds files that no work uses any more: objects of interrupted pushes,
 * folders of builds whose process was killed, bundles that were being added or
 * removed, and repositories of apps that were deleted 30 days ago. Nothing
 * refers to them, and `git gc` runs in no repository of the host.
 *
 * @param before - anything that changed later may still be in use
 */
export async function findLeftovers(
  folders: LeftoverFolders,
  before: Date,
): Promise<Leftovers> {
  const candidates = await entriesOf(folders.bundles, ASIDE);
  for (const repository of await entriesOf(folders.deleted, DELETED)) {
    const [, at] = DELETED.exec(repository)!;
    if (Number(at) < before.getTime() - DELETED_KEPT_MS)
      candidates.push(repository);
  }
  for (const folder of folders.builds)
    candidates.push(...(await entriesOf(folder)));
  for (const repository of await entriesOf(folders.apps)) {
    const objects = join(repository, 'objects');
    candidates.push(...(await entriesOf(objects, QUARANTINE)));
    candidates.push(
      ...(await entriesOf(join(objects, 'pack'), UNFINISHED_PACK)),
    );
  }
  const found: Leftovers = { paths: [], bytes: 0 };
  for (const path of candidates) {
    const { bytes, changedAt } = await measure(path);
    if (changedAt >= before.getTime()) continue;
    found.paths.push(path);
    found.bytes += bytes;
  }
  return found;
}

/** Removes what {@link findLeftovers} finds. */
export async function removeLeftovers(
  folders: LeftoverFolders,
  before: Date,
): Promise<Leftovers> {
  const found = await findLeftovers(folders, before);
  for (const path of found.paths)
    await rm(path, { recursive: true, force: true });
  return found;
}

async function entriesOf(folder: string, names = /./): Promise<string[]> {
  const found = await readdir(folder).catch(() => []);
  return found
    .filter(name => names.test(name))
    .sort()
    .map(name => join(folder, name));
}

/** Total bytes below a path, and the time of the latest change. Links are not followed. */
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
