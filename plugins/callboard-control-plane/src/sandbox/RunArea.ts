import { createHash } from 'node:crypto';
import {
  copyFile,
  chmod,
  lstat,
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { OtherUser } from './runAsOther';

/** Users for pushed code start here: beyond those that Debian gives out. */
const FIRST_UID = 300_000;
const UIDS = 20_000;
/** Users for builds follow them. Nobody else may have one of these: with a build everything of its user is ended. */
const FIRST_BUILD_UID = FIRST_UID + UIDS;
const BUILD_UIDS = 40_000;

/**
 * The place on this machine where pushed code runs: folders that another user
 * may enter, a Node.js that it may execute, and a note of each running process,
 * so that what an earlier run left behind after kill -9 can be ended.
 */
export class RunArea {
  readonly folder: string;
  /** Path of the Node.js that pushed code runs on. */
  readonly node: string;
  readonly #isRoot: boolean;

  static async open(options: {
    dataDir: string;
    isRoot: boolean;
  }): Promise<RunArea> {
    const { dataDir, isRoot } = options;
    const folder = isRoot
      ? join(
          tmpdir(),
          `callboard-${createHash('sha256')
            .update(dataDir)
            .digest('hex')
            .slice(0, 12)}`,
        )
      : join(dataDir, 'run');
    await mkdir(folder, { recursive: true, mode: 0o711 });
    if (isRoot) await insistOwn(folder);
    await chmod(folder, 0o711);
    const area = new RunArea(folder, await placeNode(folder, isRoot), isRoot);
    await area.#endLeftovers();
    return area;
  }

  private constructor(folder: string, node: string, isRoot: boolean) {
    this.folder = folder;
    this.node = node;
    this.#isRoot = isRoot;
  }

  /** Every app runs as a user of its own, always the same one; undefined when the portal itself is unprivileged. */
  userOf(app: string): OtherUser | undefined {
    return this.#userAt(FIRST_UID, UIDS, app);
  }

  /** Every build runs as a user of its own; undefined when the portal itself is unprivileged. */
  userOfBuild(id: string): OtherUser | undefined {
    return this.#userAt(FIRST_BUILD_UID, BUILD_UIDS, id);
  }

  #userAt(first: number, count: number, name: string): OtherUser | undefined {
    if (!this.#isRoot) return undefined;
    const hash = createHash('sha256').update(name).digest().readUInt32BE(0);
    const id = first + (hash % count);
    return { uid: id, gid: id };
  }

  /** What pushed code sees of the environment, beside its own variables. */
  baseEnv(): Record<string, string> {
    return {
      PATH: `${dirname(this.node)}:/usr/local/bin:/usr/bin:/bin`,
      LANG: 'C.UTF-8',
      NODE_ENV: 'production',
    };
  }

  async noteProcess(id: string, pid: number): Promise<void> {
    const startTime = await startTimeOf(pid);
    if (startTime)
      await writeFile(this.#noteOf(id), `${pid} ${startTime}`, { mode: 0o600 });
  }

  async forgetProcess(id: string): Promise<void> {
    await rm(this.#noteOf(id), { force: true });
  }

  #noteOf(id: string): string {
    return join(this.folder, `${id}.pid`);
  }

  /** A pid alone may belong to someone else by now; with its start time it is the one that was noted. */
  async #endLeftovers(): Promise<void> {
    for (const name of await readdir(this.folder)) {
      const path = join(this.folder, name);
      if (name.endsWith('.pid')) {
        const [pid, startTime] = (await readFile(path, 'utf8')).split(' ');
        const isSame = (await startTimeOf(Number(pid))) === startTime;
        if (isSame || (await groupLives(Number(pid)))) killGroup(Number(pid));
        await rm(path, { force: true });
      } else if (name.startsWith('run-')) {
        await rm(path, { recursive: true, force: true });
      }
    }
  }
}

/** A folder in a place where everybody may write must be ours before we trust it. */
async function insistOwn(folder: string): Promise<void> {
  const info = await lstat(folder);
  if (!info.isDirectory() || info.uid !== process.getuid?.()) {
    throw new Error(
      `Cannot run pushed code in ${folder}: it belongs to somebody else. Remove it and start again`,
    );
  }
}

/** Another user may not be able to reach the portal's Node.js (a clone below /root): then it gets a copy. */
async function placeNode(folder: string, isRoot: boolean): Promise<string> {
  if (!isRoot || (await everybodyReaches(process.execPath)))
    return process.execPath;
  const copy = join(folder, 'bin', 'node');
  await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
  const wanted = await stat(process.execPath);
  const present = await stat(copy).catch(() => undefined);
  if (present?.size !== wanted.size) await copyFile(process.execPath, copy);
  await chmod(copy, 0o755);
  return copy;
}

async function everybodyReaches(file: string): Promise<boolean> {
  for (let path = file; ; path = dirname(path)) {
    // eslint-disable-next-line no-bitwise -- permission bits
    if (((await stat(path)).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** Field 22 of /proc/PID/stat; the command's name before it may hold spaces. */
async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Whether processes of a group live on though its leader is gone (its pid cannot be given out again until they end). */
async function groupLives(pid: number): Promise<boolean> {
  if ((await startTimeOf(pid)) !== undefined) return false;
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
