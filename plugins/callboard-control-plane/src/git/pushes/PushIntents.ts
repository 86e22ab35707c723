import {
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { PushedFiles } from '../../usecases';
import type { GitRepositories } from '../GitRepositories';

/** Who pushes; what the record needs beside what git itself keeps. */
export type Pusher = Pick<PushedFiles, 'actor' | 'owner' | 'ownershipRefs'>;

/** A push that was accepted: its branch may have moved already, its record may be missing still. */
export interface PushIntent {
  app: string;
  commit: string;
  pusher: Pusher;
}

/**
 * Remembers accepted pushes between the moment before their branch moves and
 * the moment they are recorded, so that a kill in between loses nothing. One
 * small file per commit, inside the repository: it goes away with it.
 */
export class PushIntents {
  readonly #repositories: GitRepositories;

  constructor(repositories: GitRepositories) {
    this.#repositories = repositories;
  }

  async write({ app, commit, pusher }: PushIntent): Promise<void> {
    const folder = this.#folderOf(app);
    await mkdir(folder, { recursive: true });
    const draft = join(folder, `${commit}.draft`);
    await writeFile(draft, JSON.stringify(pusher), { flush: true });
    await rename(draft, join(folder, `${commit}.json`));
    await flushFolder(folder);
  }

  async drop({
    app,
    commit,
  }: Pick<PushIntent, 'app' | 'commit'>): Promise<void> {
    await rm(join(this.#folderOf(app), `${commit}.json`), { force: true });
  }

  /** Of one app, sorted by commit. */
  async list(app: string): Promise<PushIntent[]> {
    const folder = this.#folderOf(app);
    const names = await readdir(folder).catch(() => []); // most repositories have none
    const intents = names
      .filter(name => /^[0-9a-f]{40}\.json$/.test(name))
      .sort()
      .map(async name => ({
        app,
        commit: name.slice(0, -'.json'.length),
        pusher: JSON.parse(
          await readFile(join(folder, name), 'utf8'),
        ) as Pusher,
      }));
    return Promise.all(intents);
  }

  #folderOf(app: string): string {
    return join(this.#repositories.pathOf(app), 'callboard-pushes');
  }
}

/** A name in a folder is on the disk once the folder is. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
