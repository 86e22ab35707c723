import type { Clock } from '../clock';
import { ContainerLog } from './ContainerLog';

export type LogRun = 'current' | 'previous';

/** Logs of all containers of a cluster: the current run's and the previous one's. */
export class ContainerLogs {
  readonly #clock: Clock;
  readonly #byContainer = new Map<
    string,
    { current: ContainerLog; previous?: ContainerLog }
  >();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Opens the log of a starting container; its last log becomes the previous one. */
  open(podUid: string, container: string): ContainerLog {
    const key = `${podUid}/${container}`;
    const previous = this.#byContainer.get(key)?.current;
    previous?.close();
    const current = new ContainerLog(this.#clock);
    this.#byContainer.set(key, { current, previous });
    return current;
  }

  /** A container that waits for its restart has only its last run: both logs are that one's. */
  find(
    podUid: string,
    container: string,
    run: LogRun,
  ): ContainerLog | undefined {
    const logs = this.#byContainer.get(`${podUid}/${container}`);
    if (run === 'current') return logs?.current;
    return logs?.current.isClosed ? logs.current : logs?.previous;
  }

  forgetPod(podUid: string): void {
    for (const [key, { current }] of this.#byContainer) {
      if (!key.startsWith(`${podUid}/`)) continue;
      current.close();
      this.#byContainer.delete(key);
    }
  }
}
