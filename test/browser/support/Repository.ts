import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What `git push` said and how it ended. */
export interface PushOutcome {
  ok: boolean;
  /** The lines that the server sent, without `remote: `. */
  remote: string[];
  /** Everything. */
  text: string;
  seconds: number;
}

/** A developer's repository in a folder of its own, with the real git. */
export class Repository {
  readonly folder: string;

  static async create(files: Record<string, string>): Promise<Repository> {
    const repository = new Repository(
      await mkdtemp(join(tmpdir(), 'callboard-repository-')),
    );
    await repository.#git('init', '--quiet', '--initial-branch=main');
    await repository.#git('config', 'user.name', 'Ana');
    await repository.#git('config', 'user.email', 'ana@example.com');
    await repository.commit('First version', files);
    return repository;
  }

  private constructor(folder: string) {
    this.folder = folder;
  }

  async commit(
    message: string,
    files: Record<string, string>,
  ): Promise<string> {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(this.folder, path)), { recursive: true });
      await writeFile(join(this.folder, path), text);
    }
    await this.#git('add', '--all');
    await this.#git('commit', '--quiet', '--message', message);
    return (await this.#git('rev-parse', 'HEAD')).stdout.trim();
  }

  async push(url: string): Promise<PushOutcome> {
    const startedAt = performance.now();
    const outcome = await this.#git('push', url, 'main').then(
      ({ stderr }) => ({ ok: true, text: stderr }),
      error => ({ ok: false, text: `${error.stderr}${error.stdout}` }),
    );
    const remote = outcome.text
      .split('\n')
      .filter(line => line.startsWith('remote: '))
      .map(line => line.slice('remote: '.length).trimEnd());
    return {
      ...outcome,
      remote,
      seconds: (performance.now() - startedAt) / 1000,
    };
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  #git(...args: string[]) {
    return run('git', args, {
      cwd: this.folder,
      env: {
        ...process.env,
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_NOSYSTEM: '1',
        HOME: this.folder,
      },
      maxBuffer: 64 * 1024 * 1024,
    });
  }
}
