import { execFile } from 'node:child_process';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type OtherUser, chownAll } from '../otherUser';
import type { SandboxSpec } from './SandboxSpec';
import { findSystemMounts, ownEtcFiles } from './systemMounts';

const run = promisify(execFile);

/** The folders of one run of pushed code, readable by its user only. */
export class RunFolder {
  readonly path: string;
  /** The pushed code. */
  readonly workspace: string;
  readonly tmp: string;

  constructor(path: string) {
    this.path = path;
    this.workspace = join(path, 'workspace');
    this.tmp = join(path, 'tmp');
  }

  /** Creates the folders; the caller fills the workspace and then calls `handOver`. */
  async make(): Promise<void> {
    for (const folder of [this.path, this.workspace, this.tmp, this.#root])
      await mkdir(folder, { recursive: true, mode: 0o700 });
  }

  /**
   * Changes the owner to the user that the code runs as; undefined keeps our
   * own.
   *
   * @param hosts - loopback addresses by host name
   */
  async handOver(
    user: OtherUser | undefined,
    hosts: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const uid = user?.uid ?? process.getuid?.() ?? 0;
    const gid = user?.gid ?? process.getgid?.() ?? 0;
    await mkdir(this.#etc, { recursive: true });
    for (const [name, text] of Object.entries(ownEtcFiles(uid, gid, hosts)))
      await writeFile(join(this.#etc, name), text);
    await chmod(this.path, 0o700);
    if (user) await chownAll(this.path, user);
  }

  /**
   * Returns the specification of a sandbox with this folder.
   *
   * @param more.workspace - becomes `/workspace` in place of this run's own
   */
  async sandbox(
    user: OtherUser | undefined,
    more: Pick<SandboxSpec, 'readOnly'> &
      Partial<Pick<SandboxSpec, 'workspace'>>,
  ): Promise<SandboxSpec> {
    const uid = user?.uid ?? process.getuid?.() ?? 0;
    const gid = user?.gid ?? process.getgid?.() ?? 0;
    const system = await findSystemMounts();
    const etc = Object.keys(ownEtcFiles(uid, gid)).map(
      name => [`/etc/${name}`, join(this.#etc, name)] as const,
    );
    return {
      workspace: more.workspace ?? this.workspace,
      tmp: this.tmp,
      root: this.#root,
      readOnly: [...system.readOnly, ...etc, ...more.readOnly],
      links: system.links,
      uid,
      gid,
    };
  }

  /**
   * Removes the folders. Pushed code can nest folders so deep that their paths
   * exceed the limit: `rm` descends step by step.
   */
  async remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true }).catch(() =>
      run('rm', ['-rf', '--one-file-system', '--', this.path]),
    );
  }

  get #etc(): string {
    return join(this.path, 'etc');
  }

  get #root(): string {
    return join(this.path, 'root');
  }
}
