import type { LoggerService } from '@backstage/backend-plugin-api';
import { ProblemError } from '@callboard/plugin-callboard-common';
import type { ClusterSource, RegisteredCluster } from './ClusterSource';

export interface PolledSourceOptions<Cluster> {
  /** `hub acm`, for messages. */
  name: string;
  /** Rejects, best with a ProblemError, when the inventory cannot be read. */
  read(): Promise<{
    /** The clusters, as plain JSON values: listeners are notified when they change. */
    clusters: Cluster[];
    /** Sentences for the log about clusters that were left out. */
    complaints: string[];
  }>;
  register(cluster: Cluster): RegisteredCluster;
  refreshMs: number;
  logger: LoggerService;
}

const FAILING_MS = 10_000; // retry interval while it fails

/**
 * A source of clusters from an inventory, which is polled. Notifies of changed
 * clusters, and reports when the inventory becomes unreadable or readable
 * again.
 */
export class PolledSource<Cluster> implements ClusterSource {
  readonly name: string;
  readonly #options: PolledSourceOptions<Cluster>;
  readonly #listeners: Array<() => void> = [];
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;
  #known: string | undefined;
  #isFailing = false;
  #complained = '';

  constructor(options: PolledSourceOptions<Cluster>) {
    this.name = options.name;
    this.#options = options;
  }

  async listClusters(): Promise<RegisteredCluster[]> {
    try {
      const { clusters, complaints } = await this.#options.read();
      this.#complain(complaints.join('; '));
      this.#note(JSON.stringify(clusters));
      return clusters.map(cluster => this.#options.register(cluster));
    } catch (error) {
      this.#note(faultOf(error), true);
      throw error;
    }
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener);
  }

  start(): void {
    if (this.#isStopped) return;
    const { refreshMs } = this.#options;
    this.#timer = setTimeout(
      () => {
        void this.#refresh();
      },
      this.#isFailing ? Math.min(FAILING_MS, refreshMs) : refreshMs,
    );
    this.#timer.unref();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  async #refresh(): Promise<void> {
    const before = this.#known;
    await this.#options.read().then(
      ({ clusters }) => this.#note(JSON.stringify(clusters)),
      (error: unknown) => this.#note(faultOf(error), true),
    );
    if (this.#known !== before)
      for (const listener of this.#listeners) listener();
    this.start();
  }

  #note(found: string, isFailing = false): void {
    this.#known = found;
    this.#isFailing = isFailing;
  }

  #complain(text: string): void {
    if (text !== this.#complained && text !== '')
      this.#options.logger.warn(`${this.name}: ${text}`);
    this.#complained = text;
  }
}

function faultOf(error: unknown): string {
  return error instanceof ProblemError
    ? `${error.problem.code}: ${error.problem.why}`
    : 'fault';
}
