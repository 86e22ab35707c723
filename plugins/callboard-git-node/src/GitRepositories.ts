import {
  type Problem,
  type Result,
  failed,
  ProblemError,
  ok,
} from '@callboard/plugin-callboard-common';
import { randomUUID } from 'node:crypto';
import { renameSync } from 'node:fs';
import {
  access,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  statfs,
  writeFile,
} from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type {
  RevisionInfo,
  RevisionSource,
} from '@callboard/plugin-callboard-node';
import { type StartProgram, startHere } from './launcher';
import { GitRevisionReader } from './GitRevisionReader';
import { findGit } from './findGit';
import { gitEnvironment } from './gitEnvironment';
import { DEFAULT_GIT_LIMITS, type GitLimits } from './limits';
import { type Quarantine, quarantineEnvironment } from './Quarantine';
import {
  commitRefused,
  diskFull,
  gitMissing,
  mainMoved,
  repositoryNotFound,
} from './repositoryProblems';
import { type GitAnswer, runGit } from './runGit';
import { checkTree } from './tree';
import { type CommitInput, writeCommit } from './writeCommit';

export interface GitRepositoriesOptions {
  /** Folder of the git host; created when missing. */
  folder: string;
  limits?: Partial<GitLimits>;
  /** Starts a git process; as a child of this process when omitted. */
  start?: StartProgram;
  /** Returns the free bytes on the disk of a folder; from the file system when omitted. */
  readFree?: (folder: string) => Promise<number>;
}

const MAIN = 'refs/heads/main';
const KEPT = 'refs/callboard/revisions'; // keeps released revisions readable after a forced push
const STAGED = 'refs/callboard/staged';
const NO_COMMIT = '0'.repeat(40);

/**
 * The repositories of all apps: bare, one folder each.
 *
 * ```
 * <folder>/apps/<app>.git   one repository per app
 * <folder>/empty.git        shown to somebody who pushes an app that does not exist yet
 * <folder>/home             the empty home folder of every git process
 * <folder>/deleted          repositories of deleted apps, as <app>.<milliseconds>.git
 * <folder>/trash            repositories that are being removed
 * <folder>/identity         identity of the database that they belong to
 * ```
 *
 * Names are validated here as well as by callers, because they become paths.
 */
export class GitRepositories implements RevisionSource {
  readonly folder: string;
  /** Starts a program of the git host. */
  readonly start: StartProgram;
  #git: string | undefined;
  readonly #limits: GitLimits;
  readonly #readFree: (folder: string) => Promise<number>;
  readonly #holders = new Map<string, number>();

  private constructor(of: {
    folder: string;
    limits: GitLimits;
    start: StartProgram;
    readFree: (folder: string) => Promise<number>;
  }) {
    this.folder = of.folder;
    this.#limits = of.limits;
    this.start = of.start;
    this.#readFree = of.readFree;
  }

  /** Opens the folder. Without git on this machine, `checkGit` returns a problem until it is installed. */
  static async open(options: GitRepositoriesOptions): Promise<GitRepositories> {
    if (!isAbsolute(options.folder))
      throw new Error(
        `The folder of the git host must be absolute, got ${options.folder}`,
      );
    await mkdir(options.folder, { recursive: true });
    const folder = await realpath(options.folder); // git reports real paths
    const repositories = new GitRepositories({
      folder,
      limits: { ...DEFAULT_GIT_LIMITS, ...options.limits },
      start: options.start ?? startHere,
      readFree: options.readFree ?? readFree,
    });
    for (const part of ['apps', 'deleted', 'home', 'trash'])
      await mkdir(join(folder, part), { recursive: true });
    await repositories.#emptyTrash();
    await repositories.checkGit();
    return repositories;
  }

  /**
   * Looks for git unless it was found before, as it may be installed while the
   * portal runs. Returns a problem when there is none.
   */
  async checkGit(): Promise<Problem | undefined> {
    this.#git ??= await findGit();
    if (this.#git === undefined) return gitMissing();
    await this.#initialize(join(this.folder, 'empty.git'));
    return undefined;
  }

  /** Returns a problem when the disk has too little free space to store a push. */
  async checkSpace(): Promise<Problem | undefined> {
    const left = await this.findSpaceLeft();
    const { minFreeBytes } = this.#limits;
    return left < 0 ? diskFull(left + minFreeBytes, minFreeBytes) : undefined;
  }

  /** Bytes that repositories may still use of the disk; below 0 when the free space is below its minimum. */
  async findSpaceLeft(): Promise<number> {
    return (await this.#readFree(this.folder)) - this.#limits.minFreeBytes;
  }

  /** Absolute path of git. Throws a `ProblemError` when there is none. */
  get git(): string {
    if (this.#git === undefined) throw new ProblemError(gitMissing());
    return this.#git;
  }

  /** Absolute path of an app's repository, whether it exists or not. */
  pathOf(app: string): string {
    if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(app))
      throw new Error(`${JSON.stringify(app)} is no name of an app`);
    return join(this.folder, 'apps', `${app}.git`);
  }

  /** Environment of a git process of the host. */
  environment(config?: Record<string, string>): Record<string, string> {
    return gitEnvironment({
      git: this.git,
      home: join(this.folder, 'home'),
      config,
    });
  }

  async exists(app: string): Promise<boolean> {
    return isThere(this.pathOf(app));
  }

  /** Creates the repository unless it exists. */
  async create(app: string): Promise<void> {
    await this.#initialize(this.pathOf(app));
  }

  /**
   * Creates the repository unless it exists and holds it for a push. Call the
   * returned function when the push is over: the last holder removes a
   * repository in which nothing was stored.
   */
  async acquire(app: string): Promise<() => Promise<void>> {
    this.#holders.set(app, (this.#holders.get(app) ?? 0) + 1);
    await this.create(app);
    return async () => {
      const left = (this.#holders.get(app) ?? 1) - 1;
      if (left > 0) {
        this.#holders.set(app, left);
        return;
      }
      this.#holders.delete(app);
      await this.#removeIfEmpty(app);
    };
  }

  async #removeIfEmpty(app: string): Promise<void> {
    if (!(await this.exists(app))) return;
    const refs = await this.#run(app, ['for-each-ref', '--count=1']);
    if (refs.code !== 0 || refs.stdout.length > 0 || this.#holders.has(app))
      return;
    const trash = join(this.folder, 'trash', randomUUID());
    renameSync(this.pathOf(app), trash); // synchronous, so that no push can begin in between
    await rm(trash, { recursive: true, force: true });
  }

  /**
   * Sets the repository of a deleted app aside, so that it cannot be read and
   * its name is free. @returns false when a push to it is in progress, or it
   * does not exist
   */
  async setAside(app: string, at: Date): Promise<boolean> {
    if (!(await this.exists(app)) || this.#holders.has(app)) return false;
    renameSync(
      this.pathOf(app),
      join(this.folder, 'deleted', `${app}.${at.getTime()}.git`),
    );
    return true;
  }

  /** Names of all apps that have a repository, sorted. */
  async list(): Promise<string[]> {
    const names = await readdir(join(this.folder, 'apps'));
    return names
      .filter(name => name.endsWith('.git'))
      .map(name => name.slice(0, -'.git'.length))
      .sort();
  }

  /** Identity of the database that these repositories belong to; undefined when none was written. */
  async readIdentity(): Promise<string | undefined> {
    const text = await readFile(this.#identityFile, 'utf8').catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOENT') throw error;
      },
    );
    return text?.trim() || undefined;
  }

  async writeIdentity(identity: string): Promise<void> {
    const draft = join(this.folder, 'trash', randomUUID());
    await writeFile(draft, `${identity}\n`);
    await rename(draft, this.#identityFile);
  }

  get #identityFile(): string {
    return join(this.folder, 'identity');
  }

  /** Commit of the main branch; undefined when there is none. */
  async readHead(app: string): Promise<string | undefined> {
    if (!(await this.exists(app))) return undefined;
    const answer = await this.#run(app, [
      'rev-parse',
      '--verify',
      '--quiet',
      `${MAIN}^{commit}`,
    ]);
    return answer.code === 0
      ? answer.stdout.toString('utf8').trim()
      : undefined;
  }

  /** True when `commit` is the head of the main branch or one of its ancestors. */
  async isOnMain(app: string, commit: string): Promise<boolean> {
    if ((await this.readHead(app)) === undefined) return false;
    return this.#isWithin(app, commit, MAIN);
  }

  /** True when `ancestor` is `commit` or one of its ancestors. */
  async isAncestor(
    app: string,
    ancestor: string,
    commit: string,
  ): Promise<boolean> {
    return this.#isWithin(app, ancestor, checkedCommit(commit));
  }

  async #isWithin(app: string, commit: string, tip: string): Promise<boolean> {
    const answer = await this.#run(app, [
      'merge-base',
      '--is-ancestor',
      checkedCommit(commit),
      tip,
    ]);
    return answer.code === 0;
  }

  /** Keeps a revision readable permanently, even if its branch changes. */
  async keep(app: string, commit: string): Promise<void> {
    await this.#demand(app, [
      'update-ref',
      `${KEPT}/${checkedCommit(commit)}`,
      commit,
    ]);
  }

  /** Returns a reader of an app's revisions; in a hook, also of the quarantined ones. */
  reader(app: string, quarantine?: Quarantine): GitRevisionReader {
    const gitDir = this.pathOf(app);
    const env = this.environment();
    return new GitRevisionReader({
      start: this.start,
      git: this.git,
      gitDir,
      limits: this.#limits,
      env: quarantine
        ? { ...env, ...quarantineEnvironment(gitDir, quarantine) }
        : env,
    });
  }

  readInfo(app: string, commit: string): Promise<Result<RevisionInfo>> {
    return this.#whenThere(app, reader => reader.readInfo(commit));
  }

  readFile(
    app: string,
    commit: string,
    path: string,
    maxBytes: number,
  ): Promise<Result<string | undefined>> {
    return this.#whenThere(app, reader =>
      reader.readFile(commit, path, maxBytes),
    );
  }

  listFiles(app: string, commit: string): Promise<Result<string[]>> {
    return this.#whenThere(app, async reader => {
      const tree = await reader.readTree(commit);
      return tree.ok ? ok(tree.value.map(entry => entry.path)) : tree;
    });
  }

  exportTo(
    app: string,
    commit: string,
    folder: string,
    from?: string,
  ): Promise<Result<void>> {
    return this.#whenThere(app, reader =>
      reader.exportTo(commit, folder, from),
    );
  }

  digestOf(
    app: string,
    commit: string,
    from: string,
  ): Promise<Result<string | undefined>> {
    return this.#whenThere(app, reader => reader.digestOf(commit, from));
  }

  /** Stores a commit without a branch, so that it can be judged like a pushed one. Returns its id. */
  async stageCommit(app: string, commit: CommitInput): Promise<Result<string>> {
    const checked = checkTree(
      Object.entries(commit.files).map(([path, text]) => ({
        kind: 'file',
        id: '',
        bytes: Buffer.byteLength(text),
        path,
      })),
      this.#limits,
    );
    if (!checked.ok) return checked;
    const ref = `${STAGED}/${randomUUID()}`;
    const answer = await this.#run(
      app,
      ['fast-import', '--quiet', '--done', '--date-format=raw'],
      writeCommit(ref, commit),
    );
    if (answer.code !== 0) return failed(commitRefused(app));
    return ok(answer.stdout.toString('utf8').trim());
  }

  /** Moves main to `commit`, unless it moved meanwhile. Staged commits are then removed. */
  async moveMain(
    app: string,
    commit: string,
    expected: string | undefined,
  ): Promise<Result<void>> {
    const answer = await this.#run(app, [
      'update-ref',
      MAIN,
      checkedCommit(commit),
      expected ?? NO_COMMIT,
    ]);
    if (answer.code !== 0) return failed(mainMoved(app));
    await this.dropStaged(app);
    return ok(undefined);
  }

  /** Removes staged commits that were not accepted. */
  async dropStaged(app: string): Promise<void> {
    const refs = await this.#demand(app, [
      'for-each-ref',
      '--format=%(refname)',
      STAGED,
    ]);
    for (const ref of refs.stdout
      .toString('utf8')
      .split('\n')
      .filter(Boolean)) {
      await this.#demand(app, ['update-ref', '-d', ref]);
    }
  }

  async #whenThere<T>(
    app: string,
    read: (reader: GitRevisionReader) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    if (this.#git === undefined) return failed(gitMissing());
    return (await this.exists(app))
      ? read(this.reader(app))
      : failed(repositoryNotFound(app));
  }

  async #initialize(path: string): Promise<void> {
    if (await isThere(path)) return;
    const draft = join(this.folder, 'trash', `${randomUUID()}.git`);
    const answer = await this.#start(
      [
        'init',
        '--quiet',
        '--bare',
        '--initial-branch=main',
        '--template=',
        draft,
      ],
      this.folder,
    );
    if (answer.code !== 0)
      throw new Error(
        `Cannot make the repository ${path}: ${answer.stderr.trim()}`,
      );
    await rename(draft, path).catch(async error => {
      await rm(draft, { recursive: true, force: true });
      if (!(await isThere(path))) throw error; // otherwise another process created it first
    });
  }

  async #emptyTrash(): Promise<void> {
    const trash = join(this.folder, 'trash');
    for (const name of await readdir(trash))
      await rm(join(trash, name), { recursive: true, force: true });
  }

  async #demand(app: string, args: string[]): Promise<GitAnswer> {
    const answer = await this.#run(app, args);
    if (answer.code !== 0)
      throw new Error(
        `git ${args[0]} failed in ${this.pathOf(app)}: ${answer.stderr.trim()}`,
      );
    return answer;
  }

  #run(app: string, args: string[], input?: Uint8Array): Promise<GitAnswer> {
    const gitDir = this.pathOf(app);
    return this.#start([`--git-dir=${gitDir}`, ...args], gitDir, input);
  }

  #start(args: string[], cwd: string, input?: Uint8Array): Promise<GitAnswer> {
    return runGit({
      start: this.start,
      git: this.git,
      args,
      cwd,
      input,
      env: this.environment(),
      maxOutputBytes: 1024 * 1024,
      timeoutMs: this.#limits.timeoutMs,
    });
  }
}

async function readFree(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function checkedCommit(commit: string): string {
  if (!/^[0-9a-f]{40}$/.test(commit))
    throw new Error(`${JSON.stringify(commit)} is no commit id`);
  return commit;
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
