import { readFile, readdir } from 'node:fs/promises';
import type { RunLimits } from './RunLimits';

const LOOK_MS = 1_000;

/** The limit that a run went over. */
export type ExceededRunLimit = 'memory' | 'processes';

interface WatchedRun {
  limits: RunLimits;
  onExceeded(exceeded: ExceededRunLimit): void;
}

interface ProcessFacts {
  parent: number;
  memoryBytes: number;
}

/**
 * Watches what runs of pushed code take together with all that they started, in
 * one look per second over the processes of this machine. In a sandbox nothing
 * leaves the tree of its first process.
 */
export class RunWatch {
  readonly #runs = new Map<number, WatchedRun>();
  #timer: NodeJS.Timeout | undefined;

  /** @returns ends the watch */
  add(pid: number, run: WatchedRun): () => void {
    this.#runs.set(pid, run);
    this.#timer ??= this.#lookLater();
    return () => {
      this.#runs.delete(pid);
      if (this.#runs.size > 0) return;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    };
  }

  #lookLater(): NodeJS.Timeout {
    const timer = setTimeout(async () => {
      await this.#look();
      if (this.#runs.size > 0) this.#timer = this.#lookLater();
    }, LOOK_MS);
    timer.unref();
    return timer;
  }

  async #look(): Promise<void> {
    const processes = await readProcesses();
    const sums = new Map<number, { memoryBytes: number; processes: number }>();
    for (const [pid, { memoryBytes }] of processes) {
      const root = this.#rootOf(pid, processes);
      if (root === undefined) continue;
      const sum = sums.get(root) ?? { memoryBytes: 0, processes: 0 };
      sum.memoryBytes += memoryBytes;
      sum.processes += 1;
      sums.set(root, sum);
    }
    for (const [pid, sum] of sums) {
      const run = this.#runs.get(pid);
      if (!run) continue;
      if (sum.memoryBytes > run.limits.memoryBytes) run.onExceeded('memory');
      else if (sum.processes > run.limits.processes)
        run.onExceeded('processes');
    }
  }

  #rootOf(
    pid: number,
    processes: ReadonlyMap<number, ProcessFacts>,
  ): number | undefined {
    for (
      let at: number | undefined = pid;
      at !== undefined && at > 1;
      at = processes.get(at)?.parent
    )
      if (this.#runs.has(at)) return at;
    return undefined;
  }
}

/** One file per process: its parent and the memory that is its own. */
async function readProcesses(): Promise<Map<number, ProcessFacts>> {
  const found = new Map<number, ProcessFacts>();
  const names = await readdir('/proc').catch(() => []);
  for (const name of names) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/status`, 'utf8').catch(
      () => '',
    );
    const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    let memoryBytes = 0;
    for (const [, kilobytes] of status.matchAll(
      /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm,
    ))
      memoryBytes += Number(kilobytes) * 1024;
    found.set(Number(name), { parent, memoryBytes });
  }
  return found;
}
