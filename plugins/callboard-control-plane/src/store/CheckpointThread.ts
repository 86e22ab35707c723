import { Worker } from 'node:worker_threads';
import { resolvePackagePath } from '@backstage/backend-plugin-api';

/** Frames in a log, and how many of them are already in the database file. */
interface Progress {
  log: number;
  checkpointed: number;
}

/** The thread has exited. */
export class ThreadLostError extends Error {}

/** The thread that makes the checkpoints of all SQLite files of this process. */
export class CheckpointThread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, (answer: object) => void>();
  #lastId = 0;
  #isLost = false;

  /** @param driver - path of better-sqlite3 */
  constructor(driver: string) {
    this.#worker = new Worker(
      resolvePackagePath(
        '@callboard/plugin-callboard-control-plane',
        'assets',
        'checkpointer.cjs',
      ),
      { workerData: { driver }, execArgv: [] },
    );
    this.#worker.on('message', (answer: { id: number }) => {
      this.#waiting.get(answer.id)?.(answer);
      this.#waiting.delete(answer.id);
    });
    this.#worker.on('error', () => undefined); // handled on exit
    this.#worker.once('exit', () => {
      this.#isLost = true;
      this.#waiting.forEach(answer => answer({ isLost: true }));
      this.#waiting.clear();
    });
    this.#worker.unref(); // after its listeners, which would keep the process alive again
  }

  get isLost(): boolean {
    return this.#isLost;
  }

  async checkpoint(file: string): Promise<Progress> {
    if (this.#isLost) throw new ThreadLostError();
    this.#lastId += 1;
    const id = this.#lastId;
    const answer = await new Promise<object>(resolve => {
      this.#waiting.set(id, resolve);
      this.#worker.postMessage({ id, file });
    });
    if ('isLost' in answer) throw new ThreadLostError();
    if ('failure' in answer) throw new Error(String(answer.failure));
    return answer as Progress;
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
