import {
  type KubeObject,
  type Problem,
  refOf,
} from '@callboard/plugin-callboard-common';
import type {
  ClusterConnection,
  WatchEvent,
} from '@callboard/plugin-callboard-node';
import type { BackOff } from './BackOff';
import { isOlderVersion } from './isOlderVersion';
import { KnownObjects } from './KnownObjects';
import { type WatchClusterOptions, type WatchedKind, kindKey } from './types';

/** The state of one kind's watch; read by the watchdog. */
export interface KindState {
  kind: WatchedKind;
  /** When it last proved to be in sync with the cluster; ms, undefined before the first time. */
  provenAtMs?: number;
  problem?: Problem;
  backOff: BackOff;
}

export interface FollowRun {
  state: KindState;
  signal: AbortSignal;
  nowMs: () => number;
  /** Called when the watch broke, or is in sync for the first time: a reason to probe the cluster. */
  onTurn: () => void;
}

const NOT_SERVED_MS = 30_000; // interval of checks whether a missing kind is served by now
const SHORT_WATCH_MS = 500; // a shorter watch counts as a failure: prevents a busy loop

const WATCH_SHARE = 0.7; // of the allowed silence; the rest is for opening the next watch

/** Reports all changes of one kind: from the last sync point, or from a list where there is none or it has expired. */
export class KindFollower {
  readonly #connection: ClusterConnection;
  readonly #options: WatchClusterOptions;
  readonly #run: FollowRun;
  /** Everything up to this version was reported. */
  #resourceVersion: string | undefined;
  #known: KnownObjects | undefined;

  constructor(
    connection: ClusterConnection,
    options: WatchClusterOptions,
    run: FollowRun,
  ) {
    this.#connection = connection;
    this.#options = options;
    this.#run = run;
    const { kind } = run.state;
    if (!kind.neverResumes)
      this.#resourceVersion = options.resumeFrom[kindKey(kind)];
  }

  /** Runs until the signal aborts. */
  async follow(): Promise<void> {
    const { state, signal } = this.#run;
    while (!signal.aborted) {
      try {
        await this.#followOnce();
      } catch (error) {
        this.#options.onFault?.({ kind: state.kind, error });
        await state.backOff.pause();
      }
    }
  }

  /** Lists if necessary, then watches until the watch ends. */
  async #followOnce(): Promise<void> {
    const { state, signal } = this.#run;
    this.#known ??= new KnownObjects(
      (await this.#options.listKnown?.(state.kind)) ?? [],
    );
    if (this.#resourceVersion === undefined && !(await this.#list())) return;
    const startedAtMs = this.#run.nowMs();
    const problem = await this.#watch();
    if (signal.aborted) return;
    const wasShort = this.#run.nowMs() - startedAtMs < SHORT_WATCH_MS;
    if (!wasShort) state.backOff.reset();
    if (problem !== undefined) await this.#fail(problem);
    else if (wasShort) await state.backOff.pause();
  }

  async #list(): Promise<boolean> {
    const { kind } = this.#run.state;
    const { signal } = this.#run;
    const labelSelector = this.#selector();
    const list = await this.#connection.list(kind, { labelSelector, signal });
    if (signal.aborted) return false;
    if (!list.ok && list.problem.code === 'kind-not-served') {
      await this.#handOver([]); // a kind that is not served has no objects
      this.#prove();
      await this.#run.state.backOff.sleep(
        Math.min(NOT_SERVED_MS, this.#options.silenceMs / 2),
      );
      return false;
    }
    if (!list.ok) {
      await this.#fail(list.problem);
      return false;
    }
    await this.#handOver(list.value.items);
    await this.#sync(list.value.resourceVersion);
    this.#prove();
    return true;
  }

  /**
   * Reports a whole list: deleted objects first, so that an object created
   * again follows the end of its predecessor.
   */
  async #handOver(items: KubeObject[]): Promise<void> {
    const { kind } = this.#run.state;
    for (const { uid, ref } of this.#known!.missingFrom(items)) {
      await this.#options.onEvent({ type: 'absent', kind, ref, uid });
      this.#known!.remove(uid);
    }
    for (const object of items) await this.#handOverPresent(object);
  }

  async #handOverPresent(object: KubeObject): Promise<void> {
    if (this.#known!.isOldNews(object)) return;
    await this.#options.onEvent({
      type: 'present',
      kind: this.#run.state.kind,
      object,
    });
    this.#known!.add(object);
  }

  async #watch(): Promise<Problem | undefined> {
    const { signal, state } = this.#run;
    const events = this.#connection.watch(state.kind, {
      resourceVersion: this.#resourceVersion ?? '',
      labelSelector: this.#selector(),
      signal,
      silenceMs: this.#options.silenceMs * WATCH_SHARE,
    });
    for await (const event of events) {
      if (signal.aborted) return undefined;
      if (!event.ok) return event.problem;
      if (event.value.type === 'gone') {
        this.#resourceVersion = undefined;
        return undefined;
      }
      await this.#handle(event.value);
      this.#prove();
    }
    this.#prove(); // the server ended it properly: every event until now was received
    return undefined;
  }

  async #handle(event: Exclude<WatchEvent, { type: 'gone' }>): Promise<void> {
    switch (event.type) {
      case 'opened':
        return;
      case 'bookmark':
        if (!this.#isBehind(event.resourceVersion))
          await this.#sync(event.resourceVersion);
        return;
      case 'deleted':
        await this.#handOverAbsent(event.object);
        return;
      case 'added':
      case 'modified':
        await this.#handOverPresent(event.object);
        this.#advance(event.object);
        return;
      default:
        throw new Error(
          `Unknown watch event ${JSON.stringify(event satisfies never)}`,
        );
    }
  }

  async #handOverAbsent(object: KubeObject): Promise<void> {
    const { uid = '' } = object.metadata;
    await this.#options.onEvent({
      type: 'absent',
      kind: this.#run.state.kind,
      ref: refOf(object),
      uid,
      object,
    });
    this.#known!.remove(uid);
    this.#advance(object);
  }

  #advance(object: KubeObject): void {
    const { resourceVersion } = object.metadata;
    if (resourceVersion !== undefined && !this.#isBehind(resourceVersion))
      this.#resourceVersion = resourceVersion;
  }

  #isBehind(resourceVersion: string): boolean {
    return (
      this.#resourceVersion !== undefined &&
      isOlderVersion(resourceVersion, this.#resourceVersion)
    );
  }

  async #sync(resourceVersion: string): Promise<void> {
    await this.#options.onSync({ kind: this.#run.state.kind, resourceVersion });
    this.#resourceVersion = resourceVersion;
  }

  #prove(): void {
    const { state } = this.#run;
    const isFirst = state.provenAtMs === undefined;
    state.provenAtMs = this.#run.nowMs();
    state.problem = undefined;
    if (isFirst) this.#run.onTurn();
  }

  async #fail(problem: Problem): Promise<void> {
    const { state } = this.#run;
    state.problem = problem;
    if (problem.code === 'resource-version-gone')
      this.#resourceVersion = undefined;
    this.#run.onTurn();
    await state.backOff.pause();
  }

  #selector(): string | undefined {
    const selector =
      this.#run.state.kind.labelSelector ?? this.#options.labelSelector;
    return selector === '' ? undefined : selector;
  }
}
