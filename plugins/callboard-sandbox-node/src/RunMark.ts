import { closeSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';

const NAME = 'CALLBOARD_RUN';
const ENVIRON_BYTES = 256 * 1024; // a longer environment shows its begin
const AT_ONCE = 50; // processes looked at without giving way to others
const ROUNDS = 10; // they may start more meanwhile

/**
 * A variable in the environment of pushed code that runs as the portal's own user.
 * All that it starts has it too, also what leaves its session, so that it can be
 * found and ended. Code that wants to hide from it can: it shares our user.
 */
export class RunMark {
  readonly #portal: string;
  readonly #process: string;

  /**
   * @param portal - of the data folder: what any process ran for it is known by it
   * @param process - this one, so that nobody ends what a later one started
   */
  constructor(portal: string, process: string) {
    this.#portal = portal;
    this.#process = process;
  }

  /** What every process of this portal begins with; for patterns too. */
  get start(): string {
    return `${NAME}=${this.#portal}-${this.#process}-`;
  }

  /** What a run or a build is started with. */
  envOf(run: string): Record<string, string> {
    return { [NAME]: `${this.#portal}-${this.#process}-${run}` };
  }

  /** Ends all of one run. */
  endRun(run: string): Promise<void> {
    return endMarked(text => text === `${this.start}${run}`);
  }

  /** Ends what earlier processes left behind. */
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

/** Empty for processes of others, and for those that have ended. */
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
