import type { LogLine, Problem } from '@callboard/plugin-callboard-common';
import type { ManagedCluster } from '../../reconcile/fleet/Fleet';
import type { ClusterReader } from '../../reconcile/roles';
import { type AppDeploymentKey, type LogFilter, subjectOf } from '../../store';
import { type Container, listContainers } from './listContainers';
import { type KeptLine, LogPosition, readKeptLines } from './LogPosition';
import { readClusterLogs, sourceOf } from './readClusterLogs';
import { saysWhy } from './saysWhy';
import { noteLine, toLogLines } from './toLogLines';

const STREAM_MS = 5 * 60_000; // a link that was cut silently is noticed by opening another stream
const FIRST_LINES = 1_000; // of a run that started while somebody follows

const TOO_MANY =
  'Not every instance is followed, there are too many: choose a cluster or an instance';

export interface FollowerDeps {
  filter: LogFilter;
  context: ClusterReader;
  /** Takes lines as they arrive, not masked yet. */
  push(lines: readonly LogLine[]): void;
  /** Acquires one more stream, if allowed; the caller releases it with the result. */
  acquireStream(): (() => void) | undefined;
  signal: AbortSignal;
}

/**
 * Streams the output of an app's containers on one cluster, including those
 * that start later. {@link look} is called repeatedly, and resumes broken
 * streams where they stopped.
 */
export class ClusterFollower {
  readonly #of: AppDeploymentKey;
  readonly #deps: FollowerDeps;
  /** Runs of containers by state: position read up to, open, finished. */
  readonly #positions = new Map<string, LogPosition>();
  readonly #open = new Set<string>();
  readonly #over = new Set<string>();
  #seen: string | undefined;
  /** The reported problem, while it lasts. */
  #reported: string | undefined;
  #hasSaidTooMany = false;
  /** Aborted where the cluster does not answer: a stream may otherwise stay silent forever. */
  #link = new AbortController();

  constructor(of: AppDeploymentKey, deps: FollowerDeps) {
    this.#of = of;
    this.#deps = deps;
  }

  /** Records what was read already. */
  note(run: string, lines: readonly KeptLine[]): void {
    this.#positionOf(run).resume()(lines);
  }

  async look(): Promise<void> {
    const { context, signal } = this.#deps;
    const cluster = context.fleet.get(this.#of.cluster);
    if (!cluster) return this.#askElsewhere();
    if (cluster.problem) {
      this.#breakOff();
      return this.#report(cluster.problem);
    }
    const seen = this.#versionsOf(cluster);
    if (seen === this.#seen) return undefined;
    const containers = await listContainers(
      cluster.connection,
      this.#of,
      signal,
    );
    if (!containers.ok) return this.#report(containers.problem);
    this.#seen = seen;
    this.#reported = undefined;
    for (const container of containers.value) this.#start(container, cluster);
    return undefined;
  }

  /** Observed versions of the app's instances: while they are the same, no container started or ended. */
  #versionsOf({ observed }: ManagedCluster): string {
    const digests = observed.of(subjectOf(this.#of));
    return [...digests.values()]
      .filter(({ ref }) => ref.kind === 'Pod')
      .map(({ uid, resourceVersion }) => `${uid}@${resourceVersion}`)
      .join();
  }

  #start(container: Container, cluster: ManagedCluster): void {
    const { filter, push, acquireStream } = this.#deps;
    const { run, instance } = container;
    if (this.#open.has(run) || this.#over.has(run)) return;
    if (filter.instance !== undefined && filter.instance !== instance) return;
    const releaseReader = acquireStream();
    const releaseCluster = releaseReader && cluster.logStreams.tryAcquire();
    if (!releaseCluster) {
      releaseReader?.();
      this.#seen = undefined; // one may be free at the next look
      if (!this.#hasSaidTooMany) push([this.#noteOf(TOO_MANY)]);
      this.#hasSaidTooMany = true;
      return;
    }
    this.#open.add(run);
    void this.#stream(container, cluster).finally(() => {
      this.#open.delete(run);
      releaseReader();
      releaseCluster();
    });
  }

  async #stream(container: Container, { connection }: ManagedCluster) {
    const { context, push, signal } = this.#deps;
    const position = this.#positionOf(container.run);
    const take = position.resume();
    const { signal: link } = this.#link;
    const late = new AbortController();
    const cancel = context.timers.after(STREAM_MS, () => late.abort());
    const parts = connection.followLogs(
      { namespace: container.namespace, name: container.instance },
      {
        container: container.name,
        sinceTime: position.since,
        ...(position.since === undefined && { tailLines: FIRST_LINES }),
        timestamps: true,
        signal: AbortSignal.any([signal, link, late.signal]),
      },
    );
    try {
      for await (const part of parts) {
        if (!part.ok) {
          this.#seen = undefined; // it is opened again at the next look
          this.#report(part.problem);
          return;
        }
        this.#reported = undefined;
        push(
          toLogLines(take(readKeptLines(part.value)), {
            container,
            cluster: this.#of.cluster,
          }),
        );
      }
    } finally {
      cancel();
    }
    if (container.isRunning || link.aborted) this.#seen = undefined;
    else this.#over.add(container.run);
  }

  /** Another process reaches the cluster: asks it for newer lines. */
  async #askElsewhere(): Promise<void> {
    const { filter, context, push } = this.#deps;
    const sinces = [...this.#positions.values()].flatMap(
      ({ since }) => since ?? [],
    );
    const answer = await readClusterLogs(
      this.#of,
      {
        instance: filter.instance,
        since: sinces.sort().at(-1),
        tail: FIRST_LINES,
      },
      context,
    );
    if (!answer.ok) return this.#report(answer.problem);
    this.#reported = undefined;
    const takes = new Map<string, (lines: KeptLine[]) => KeptLine[]>();
    push(
      answer.value.filter(line => {
        const source = sourceOf(line);
        const take = takes.get(source) ?? this.#positionOf(source).resume();
        takes.set(source, take);
        return take([line]).length > 0;
      }),
    );
    return undefined;
  }

  #positionOf(run: string): LogPosition {
    const position = this.#positions.get(run) ?? new LogPosition();
    this.#positions.set(run, position);
    return position;
  }

  #breakOff(): void {
    this.#link.abort();
    this.#link = new AbortController();
    this.#seen = undefined;
  }

  /** Reports a problem once while it lasts: its words may change, such as how long something is waited for. */
  #report(problem: Problem): void {
    const { push, signal } = this.#deps;
    if (this.#reported === problem.code || signal.aborted) return;
    this.#reported = problem.code;
    push([this.#noteOf(saysWhy(problem))]);
  }

  #noteOf(text: string): LogLine {
    const { clock } = this.#deps.context.deps;
    return noteLine(clock.now(), this.#of.cluster, text);
  }
}
