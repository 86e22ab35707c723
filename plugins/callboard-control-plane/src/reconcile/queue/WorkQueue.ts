import type { Problem } from '@callboard/plugin-callboard-common';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Timers } from '../../Timers';
import { type BackOff, backOffMs } from './backOff';
import { type LanePlaces, nextInLane } from './nextInLane';
import type { Outcome } from './Outcome';

export interface WorkQueueOptions<W> {
  /** Work with the same key never runs concurrently; work that is added while it runs is run again right after. */
  keyOf(work: W): string;
  /** Bulkhead: a lane whose work hangs or fails delays no other lane. */
  laneOf(work: W): string;
  /** Runs the work once. */
  run(work: W, run: Run): Promise<Outcome>;
  /** Milliseconds one run may take. */
  deadlineMsOf(work: W): number;
  /** Slots of a lane for concurrent runs. */
  placesOf(lane: string): LanePlaces;
  /** Owner of a piece of work, where one owner must not take all of the lane's slots. */
  ownerOf?(work: W): string | undefined;
  backOff: BackOff;
  /** In [0, 1): spreads the pauses. */
  random(): number;
  timers: Timers;
  logger: LoggerService;
}

/** One run of a work. */
export interface Run {
  /** Aborts when the deadline has passed or the queue stops. */
  signal: AbortSignal;
  /** Marks a run as only waiting; it frees its slot for others, as far as the lane allows. */
  setQuiet(isQuiet: boolean): void;
}

/** Owner and state of a run. */
interface Running {
  owner: string | undefined;
  isQuiet: boolean;
}

interface Lane {
  /** Keys, in the order in which they came. */
  waiting: string[];
  running: Map<Promise<void>, Running>;
}

interface Entry<W> {
  work: W;
  state: 'idle' | 'waiting' | 'running';
  /** Added again while it ran. */
  again: boolean;
  failures: number;
  /** A delayed run: the delay, counted from the call. */
  timer?: { ms: number; cancel: () => void };
}

/**
 * Work by key, in lanes.
 *
 *     add(key) ──▶ waiting ──▶ running ──▶ settled, stuck: forgotten until the next add
 *                     ▲            ├─────▶ again: added after a while
 *                     └────────────┴─────▶ retry: added after a growing pause
 *
 * The queue does not survive a restart: the next process adds everything once,
 * and every run reads what it needs.
 */
export class WorkQueue<W> {
  readonly #options: WorkQueueOptions<W>;
  readonly #entries = new Map<string, Entry<W>>();
  readonly #lanes = new Map<string, Lane>();
  readonly #stopping = new AbortController();

  constructor(options: WorkQueueOptions<W>) {
    this.#options = options;
  }

  /** Adds work that runs as soon as the lane has a free slot. */
  add(work: W): void {
    if (this.#stopping.signal.aborted) return;
    const entry = this.#entryOf(work);
    entry.timer?.cancel();
    entry.timer = undefined;
    if (entry.state === 'running') entry.again = true;
    if (entry.state !== 'idle') return;
    entry.state = 'waiting';
    const lane = this.#laneOf(work);
    lane.waiting.push(this.#options.keyOf(work));
    this.#runNext(this.#options.laneOf(work));
  }

  /**
   * Adds work that runs after `ms` at the latest: an earlier run stays
   * scheduled, so that a stream of events does not delay it.
   */
  addAfter(work: W, ms: number): void {
    if (this.#stopping.signal.aborted) return;
    const entry = this.#entryOf(work);
    if (entry.state === 'waiting' || (entry.timer && entry.timer.ms <= ms))
      return;
    entry.timer?.cancel();
    entry.timer = {
      ms,
      cancel: this.#options.timers.after(ms, () => this.add(work)),
    };
  }

  /** Starts no more runs, aborts the current ones, and waits until they have ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const entry of this.#entries.values()) entry.timer?.cancel();
    await Promise.all(
      [...this.#lanes.values()].flatMap(({ running }) => [...running.keys()]),
    );
    this.#entries.clear();
    this.#lanes.clear();
  }

  #runNext(name: string): void {
    const lane = this.#lanes.get(name);
    while (lane && !this.#stopping.signal.aborted) {
      const entry = this.#takeNext(name, lane);
      if (!entry) return;
      entry.state = 'running';
      const facts: Running = {
        owner: this.#options.ownerOf?.(entry.work),
        isQuiet: false,
      };
      const setQuiet = (isQuiet: boolean) => {
        facts.isQuiet = isQuiet;
        if (isQuiet) this.#runNext(name);
      };
      const running: Promise<void> = this.#runOnce(entry, setQuiet).finally(
        () => {
          lane.running.delete(running);
          this.#runNext(name);
        },
      );
      lane.running.set(running, facts);
    }
  }

  #takeNext(name: string, lane: Lane): Entry<W> | undefined {
    const { placesOf, ownerOf } = this.#options;
    const places = placesOf(name);
    // Most lanes have no owners: they need not check all waiting work.
    const owners = ownerOf && places.perOwner !== undefined;
    const index = nextInLane(
      owners
        ? lane.waiting.map(key => {
            const waiting = this.#entries.get(key);
            return waiting && ownerOf(waiting.work);
          })
        : lane.waiting.slice(0, 1).map(() => undefined),
      ownersOfPlaces([...lane.running.values()], places.quiet),
      places,
    );
    if (index === undefined) return undefined;
    const [key] = lane.waiting.splice(index, 1);
    return this.#entries.get(key);
  }

  async #runOnce(entry: Entry<W>, setQuiet: Run['setQuiet']): Promise<void> {
    const { run, deadlineMsOf, timers, logger, keyOf } = this.#options;
    const deadline = new AbortController();
    const cancel = timers.after(deadlineMsOf(entry.work), () =>
      deadline.abort(),
    );
    let outcome: Outcome;
    try {
      const signal = AbortSignal.any([deadline.signal, this.#stopping.signal]);
      outcome = await run(entry.work, { signal, setQuiet });
    } catch (error) {
      if (!this.#stopping.signal.aborted)
        logger.error(`Work "${keyOf(entry.work)}" failed`, error as Error);
      outcome = {
        kind: 'retry',
        problem: failedUnexpectedly(keyOf(entry.work)),
      };
    } finally {
      cancel();
    }
    entry.state = 'idle';
    this.#follow(entry, outcome);
  }

  #follow(entry: Entry<W>, outcome: Outcome): void {
    const { backOff, random, keyOf } = this.#options;
    entry.failures = outcome.kind === 'retry' ? entry.failures + 1 : 0;
    if (entry.again) {
      entry.again = false;
      this.add(entry.work);
    } else if (outcome.kind === 'again') {
      this.addAfter(entry.work, outcome.afterMs);
    } else if (outcome.kind === 'retry') {
      this.addAfter(entry.work, backOffMs(backOff, entry.failures, random()));
    } else if (!entry.timer) {
      this.#entries.delete(keyOf(entry.work));
    }
  }

  #entryOf(work: W): Entry<W> {
    const key = this.#options.keyOf(work);
    const known = this.#entries.get(key);
    if (known) return known;
    const entry: Entry<W> = { work, state: 'idle', again: false, failures: 0 };
    this.#entries.set(key, entry);
    return entry;
  }

  #laneOf(work: W): Lane {
    const name = this.#options.laneOf(work);
    const known = this.#lanes.get(name);
    if (known) return known;
    const lane: Lane = { waiting: [], running: new Map() };
    this.#lanes.set(name, lane);
    return lane;
  }
}

/** Returns the owners of runs that take a slot: up to `quiet` quiet ones take none. */
function ownersOfPlaces(
  running: readonly Running[],
  quiet = 0,
): Array<string | undefined> {
  let without = quiet;
  return running.flatMap(({ owner, isQuiet }) => {
    const takesNone = isQuiet && without > 0;
    if (takesNone) without -= 1;
    return takesNone ? [] : [owner];
  });
}

function failedUnexpectedly(key: string): Problem {
  return {
    code: 'work-failed',
    what: `Work "${key}" ended unexpectedly`,
    why: 'an error that nobody expected; the log of the server has it',
    next: 'It is tried again by itself; report it if it persists',
    transient: true,
  };
}
