import {
  access,
  mkdir,
  open,
  readFile,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { JudgedPush, PushedFiles } from '@callboard/plugin-callboard-node';
import type { GitRepositories } from '../GitRepositories';

/** Who pushes; what the record needs beside what git itself keeps. */
export type Pusher = Pick<PushedFiles, 'actor' | 'owner' | 'ownershipRefs'>;

/** A push that was accepted: its branch may have moved already, its record may be missing still. */
export type PushIntent = { app: string; commit: string } & (
  | { kind: 'judged'; push: JudgedPush }
  /** Kept by an earlier version, which judged again when it recorded. */
  | { kind: 'to-judge'; pusher: Pusher }
);

/**
 * Keeps accepted pushes, as they were judged, between the moment before their branch moves and
 * the moment they are recorded, so that a kill in between loses nothing. One
 * small file per commit, inside the repository: it goes away with it.
 */
export class PushIntents {
  readonly #repositories: GitRepositories;

  constructor(repositories: GitRepositories) {
    this.#repositories = repositories;
  }

  async write(push: JudgedPush): Promise<void> {
    const folder = this.#folderOf(push.app);
    const { commit } = push.revision;
    await mkdir(folder, { recursive: true });
    const draft = join(folder, `${commit}.draft`);
    await writeFile(draft, JSON.stringify(push), { flush: true });
    await rename(draft, join(folder, `${commit}.json`));
    await flushFolder(folder);
  }

  async drop({
    app,
    commit,
  }: Pick<PushIntent, 'app' | 'commit'>): Promise<void> {
    await rm(join(this.#folderOf(app), `${commit}.json`), { force: true });
  }

  /** Whether it waits still. */
  async has({
    app,
    commit,
  }: Pick<PushIntent, 'app' | 'commit'>): Promise<boolean> {
    return access(join(this.#folderOf(app), `${commit}.json`)).then(
      () => true,
      () => false,
    );
  }

  /** Of one app, sorted by commit. */
  async list(app: string): Promise<PushIntent[]> {
    const folder = this.#folderOf(app);
    const names = await readdir(folder).catch(() => []); // most repositories have none
    const intents = names
      .filter(name => /^[0-9a-f]{40}\.json$/.test(name))
      .sort()
      .map(async (name): Promise<PushIntent> => {
        const commit = name.slice(0, -'.json'.length);
        const kept: JudgedPush | Pusher = JSON.parse(
          await readFile(join(folder, name), 'utf8'),
        );
        return 'accepted' in kept
          ? { app, commit, kind: 'judged', push: kept }
          : { app, commit, kind: 'to-judge', pusher: kept };
      });
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
