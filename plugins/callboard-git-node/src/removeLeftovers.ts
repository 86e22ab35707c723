import { lstat, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What ended work has left behind in a data folder. */
export interface Leftovers {
  paths: string[];
  bytes: number;
}

/** Where leftovers lie. */
export interface LeftoverFolders {
  /** Repositories. */
  apps: string;
  /** Those of deleted apps. */
  deleted: string;
  /** Folders of builds. */
  builds: readonly string[];
  /** Bundles of the playground. */
  bundles: string;
}

/** Objects of a push or a fetch that never ended, in git's own folder for them (`git help receive-pack`, Quarantine Environment). */
const QUARANTINE = /^(tmp_objdir-)?incoming-/;
const UNFINISHED_PACK = /^(tmp_|\.tmp-)/;
/** The repository of an app that was deleted then. */
const DELETED = /\.(\d+)\.git$/;
const DELETED_KEPT_MS = 30 * 24 * 60 * 60_000; // who deleted by mistake asks for it sooner
/** A bundle on its way in or out. */
const ASIDE = /^\.(incoming|removed)-/;

/**
 * Finds what ended work has left behind: objects of pushes that were cut, folders
 * of builds whose process was killed, bundles that were being added or removed,
 * and repositories of apps that were deleted 30 days ago. Nothing names any of
 * them, and `git gc` runs in no repository of the host.
 *
 * @param before - whatever changed later may still be in use
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
