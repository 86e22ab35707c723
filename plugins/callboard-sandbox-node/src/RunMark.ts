import { closeSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

const NAME = 'CALLBOARD_RUN';
const ENVIRON_BYTES = 256 * 1024; // a longer environment is cut
const AT_ONCE = 50; // processes read before yielding to the event loop
const ROUNDS = 10; // they may start more meanwhile

/**
 * A variable in the environment of pushed code that runs as the portal's own
 * user. All child processes inherit it, including those that leave the session,
 * so that they can be found and ended. Code that wants to hide can remove it:
 * it runs as our user.
 */
export class RunMark {
  readonly #portal: string;
  readonly #process: string;

  /**
   * @param portal - identifies the data folder, so that the portal's processes
   *   are found by it
   * @param process - identifies this process, so that a later one's processes
   *   are not ended
   */
  constructor(portal: string, process: string) {
    this.#portal = portal;
    this.#process = process;
  }

  /** Start of the value for every process of this portal; also used in patterns. */
  get start(): string {
    return `${NAME}=${this.#portal}-${this.#process}-`;
  }

  /** Environment for a run or a build. */
  envOf(run: string): Record<string, string> {
    return { [NAME]: `${this.#portal}-${this.#process}-${run}` };
  }

  /** Ends all processes of one run. */
  endRun(run: string): Promise<void> {
    return endMarked(text => text === `${this.start}${run}`);
  }

  /** Ends processes that earlier portal processes left behind. */
  endLeftovers(): Promise<void> {
    return endMarked(
      text =>
        text.startsWith(`${NAME}=${this.#portal}-`) &&
        !text.startsWith(this.start),
    );
  }
}

async function endMarked(
  isMarked: (variable: string) => boolean,
): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const pids = await findMarked(isMarked);
    if (pids.length === 0) return;
    pids.forEach(endNow);
  }
}

async function findMarked(
  isMarked: (variable: string) => boolean,
): Promise<number[]> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter(name => /^\d+$/.test(name)).map(Number);
  const buffer = Buffer.alloc(ENVIRON_BYTES);
  const found: number[] = [];
  for (const [index, pid] of pids.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const environ = readEnviron(pid, buffer);
    if (environ.includes(NAME) && environ.split('\0').some(isMarked))
      found.push(pid);
  }
  return found;
}

/** Empty for processes of other users, and for those that have ended. */
function readEnviron(pid: number, buffer: Buffer): string {
  try {
    const file = openSync(`/proc/${pid}/environ`, 'r');
    try {
      return buffer.toString('latin1', 0, readSync(file, buffer));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
