import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFile,
  chmod,
  mkdir,
  readFile,
  readdir,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ControlGroups } from './groups/ControlGroups';
import type { Control } from './groups/findHierarchies';
import type { GroupLimits, RunGroup } from './groups/RunGroup';
import { INSIDE } from './isolation/SandboxSpec';
import type { Isolation, SandboxProgram } from './isolation/Isolation';
import { probeIsolation } from './isolation/probeIsolation';
import type { OtherUser } from './otherUser';
import { type UserRange, watchPeers } from './peers/pushedCodePeers';
import { readProcesses } from './readProcesses';
import { killUser } from './runAsOther';
import { sandboxHelperPath } from './sandboxHelperPath';
import { RunMark } from './RunMark';
import { startMarkReaper, startReaper } from './startReaper';
import { UserTable, insistOwnFolder } from './UserTable';

/** Folder of this machine that records which portal has which users. */
const CLAIMS = join(tmpdir(), 'callboard-users');

const REAPER = 'reaper';

/**
 * The part of this machine in which pushed code runs: folders that other users
 * may enter, a Node.js that they may execute, the users of the code, its
 * isolation, and a note of each running process, so that processes that
 * survived an earlier kill -9 can be ended.
 */
export class RunArea {
  readonly folder: string;
  /** Path of the Node.js that runs pushed code. */
  readonly node: string;
  /** Path of the first program of a sandbox. */
  readonly helper: string;
  /** The isolation of pushed code on this machine, determined by trying. */
  readonly isolation: Isolation;
  readonly #groups: ControlGroups | undefined;
  readonly #mark: RunMark | undefined;
  readonly #users: UserTable | undefined;
  readonly #runs = new Map<string, number>();
  readonly #doors: string;
  #reaper: ChildProcess | undefined;

  /**
   * @param options.programs - programs that may set up namespaces; an empty
   *   list disables namespaces
   */
  static async open(options: {
    dataDir: string;
    isRoot: boolean;
    programs?: readonly SandboxProgram[];
  }): Promise<RunArea> {
    const { dataDir, isRoot } = options;
    const hash = createHash('sha256')
      .update(dataDir)
      .digest('hex')
      .slice(0, 12);
    const doors = join(tmpdir(), `callboard-${hash}`);
    const folder = isRoot ? doors : join(dataDir, 'run');
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    for (const own of new Set([folder, doors])) {
      insistOwnFolder(own);
      await chmod(own, isRoot ? 0o711 : 0o700);
    }
    await endLeftovers(folder);
    await removeDoors(doors);
    const groups = await ControlGroups.open({
      name: hash,
      note: join(dataDir, 'control-groups.json'),
    });
    const users = isRoot
      ? UserTable.open({ dataDir, claims: CLAIMS })
      : undefined;
    const trial = users?.takeForBuild();
    const isolation = await probeIsolation({
      folder,
      user: trial?.user,
      programs: options.programs,
    });
    trial?.release();
    if (users && isolation.kind === 'users') {
      watchPeers(users.range);
      await endUsers(users.range);
    }
    const mark =
      isolation.kind === 'none'
        ? new RunMark(hash, `${process.pid}.${await startTimeOf(process.pid)}`)
        : undefined;
    await mark?.endLeftovers();
    const programs = await placePrograms(folder, isRoot);
    const area = new RunArea(
      { folder, doors, isolation, groups, mark, ...programs },
      users,
    );
    await area.#prepareEnd();
    return area;
  }

  private constructor(
    place: {
      folder: string;
      doors: string;
      isolation: Isolation;
      groups: ControlGroups | undefined;
      mark: RunMark | undefined;
      node: string;
      helper: string;
    },
    users: UserTable | undefined,
  ) {
    this.folder = place.folder;
    this.#doors = place.doors;
    this.isolation = place.isolation;
    this.#groups = place.groups;
    this.#mark = place.mark;
    this.node = place.node;
    this.helper = place.helper;
    this.#users = users;
  }

  /** Users of pushed code that shares this machine's network; undefined when it has networks of its own. */
  get peers(): UserRange | undefined {
    return this.isolation.kind === 'users' ? this.#users?.range : undefined;
  }

  /** Every app runs as a user of its own, always the same one; undefined when the portal itself is unprivileged. */
  userOf(app: string): OtherUser | undefined {
    return this.#users?.ofApp(app);
  }

  /** The limits of a run that the kernel enforces; others are monitored, or not enforced. */
  get controls(): readonly Control[] {
    return this.#groups?.controls ?? [];
  }

  /** Creates a control group for a run; undefined when this process may not create one. */
  async makeGroup(
    id: string,
    limits: GroupLimits,
  ): Promise<RunGroup | undefined> {
    return this.#groups?.make(id, limits);
  }

  /**
   * Records that a process of an app runs, until the returned function is
   * called: the last call ends all processes of its user, including those that
   * left its session.
   */
  enter(app: string): () => Promise<void> {
    this.#runs.set(app, (this.#runs.get(app) ?? 0) + 1);
    let hasLeft = false;
    return async () => {
      if (hasLeft) return;
      hasLeft = true;
      const left = (this.#runs.get(app) ?? 1) - 1;
      if (left > 0) {
        this.#runs.set(app, left);
        return;
      }
      this.#runs.delete(app);
      const user = this.userOf(app);
      if (user && this.isolation.kind === 'users') await killUser(user);
    };
  }

  /** Environment that marks all processes of a run, when nothing else identifies them. */
  markOf(run: string): Record<string, string> {
    return this.#mark?.envOf(run) ?? {};
  }

  /** Ends the processes that a finished run left behind, as far as its mark identifies them. */
  async endMarked(run: string): Promise<void> {
    await this.#mark?.endRun(run);
  }

  /** Returns a user for one build, until it is released; undefined when the portal itself is unprivileged. */
  takeBuildUser(): { user: OtherUser | undefined; release(): void } {
    return (
      this.#users?.takeForBuild() ?? {
        user: undefined,
        release: () => undefined,
      }
    );
  }

  /** Environment of pushed code, without its own variables. */
  baseEnv(): Record<string, string> {
    const node = this.isolation.kind === 'namespaces' ? INSIDE.node : this.node;
    return {
      PATH: `${dirname(node)}:/usr/local/bin:/usr/bin:/bin`,
      LANG: 'C.UTF-8',
      NODE_ENV: 'production',
    };
  }

  /** Removes the control groups. Call it after everything has ended. */
  async close(): Promise<void> {
    this.#reaper?.kill('SIGKILL');
    await this.forgetProcess(REAPER);
    await this.#groups?.close();
  }

  /**
   * Starts the reaper if needed: namespaces end with their first process, which
   * ends with this one; without them a process outside has to end the rest.
   */
  async #prepareEnd(): Promise<void> {
    if (this.peers) this.#reaper = startReaper(this.peers);
    else if (this.#mark) this.#reaper = startMarkReaper(this.#mark.start);
    else return;
    const { pid } = this.#reaper;
    // Recorded so that the next start ends this reaper before it ends processes of the new
    // portal.
    if (pid !== undefined) await this.noteProcess(REAPER, pid);
  }

  /** Path of a sandbox's door; short, because socket paths have a length limit. */
  doorOf(id: string): string {
    return join(this.#doors, `${id}.door`);
  }

  /** Path of a sandbox's egress socket. */
  egressOf(id: string): string {
    return join(this.#doors, `${id}.out`);
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
}

/** A pid may have been reused; together with the start time it identifies the recorded process. */
async function endLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
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

/** Ends processes that run as one of our users and started before us: they outlived their portal. */
async function endUsers({ first, last }: UserRange): Promise<void> {
  const uids = [...(await readProcesses()).values()].map(({ uid }) => uid);
  for (const uid of new Set(uids))
    if (uid >= first && uid <= last) await killUser({ uid, gid: uid });
}

/** Removes sockets of a killed process; their sandboxes have ended with it. */
async function removeDoors(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    if (/\.(door|out)$/.test(name)) await rm(join(folder, name));
}

/** Installs Node.js and the helper of sandboxes where other users may read them. */
async function placePrograms(
  folder: string,
  isRoot: boolean,
): Promise<{ node: string; helper: string }> {
  const helper = join(folder, 'sandboxHelper.cjs');
  await copyFile(sandboxHelperPath(), helper);
  await chmod(helper, 0o644);
  return { node: await placeNode(folder, isRoot), helper };
}

/** Copies the portal's Node.js if other users cannot reach it (a clone below /root). */
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

/** Field 22 of /proc/PID/stat; the command's name before it may contain spaces. */
async function startTimeOf(pid: number): Promise<string | undefined> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** Whether a process group still has processes although its leader has ended (its pid is not reused until they end). */
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
