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

/** The person or source that pushes; what the database needs beside the data in git. */
export type Pusher = Pick<PushedFiles, 'actor' | 'owner' | 'ownershipRefs'>;

/** A push that was accepted: its branch may have moved already, and it may not be recorded yet. */
export type PushIntent = { app: string; commit: string } & (
  | { kind: 'judged'; push: JudgedPush }
  /** Stored by an earlier version, which judged again when it recorded. */
  | { kind: 'to-judge'; pusher: Pusher }
);

/**
 * Stores accepted pushes with their verdict, from just before their branch
 * moves until they are recorded, so that a kill in between loses nothing. One
 * small file per commit, inside the repository, so it is removed with it.
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

  /** Whether the push still waits to be recorded. */
  async has({
    app,
    commit,
  }: Pick<PushIntent, 'app' | 'commit'>): Promise<boolean> {
    return access(join(this.#folderOf(app), `${commit}.json`)).then(
      () => true,
      () => false,
    );
  }

  /** Intents of one app, sorted by commit. */
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

/** A new name in a folder is durable only after the folder is synced. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
