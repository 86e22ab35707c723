import type { SimObject } from '../json';

/** One write, as watches report it. */
export interface StoreEvent {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  storage: string;
  revision: number;
  object: SimObject;
  previous?: SimObject;
  atMs: number;
}

const KEPT_MS = 5 * 60_000; // a real server's etcd is compacted every 5 minutes
const KEPT_EVENTS = 1_000;

/**
 * The last events, so that a watch can start in the past.
 *
 * Holds those of the last five minutes, at most 1,000. A watch from a revision
 * older than the window must list again.
 */
export class EventWindow {
  #events: StoreEvent[] = [];
  /** Everything after this revision is in the window. */
  #start: number;
  readonly #nowMs: () => number;

  constructor(nowMs: () => number, start: number) {
    this.#nowMs = nowMs;
    this.#start = start;
  }

  get start(): number {
    return this.#start;
  }

  add(event: Omit<StoreEvent, 'atMs'>): StoreEvent {
    const kept = { ...event, atMs: this.#nowMs() };
    this.#events.push(kept);
    this.#trim();
    return kept;
  }

  /** Restores an event from before a restart, at its own time. */
  restore(event: StoreEvent): void {
    this.#events.push(event);
    this.#trim();
  }

  /** Events after a revision, oldest first; `undefined` when the window begins later. */
  since(revision: number): StoreEvent[] | undefined {
    if (revision < this.#start) return undefined;
    return this.#events.filter(event => event.revision > revision);
  }

  all(): readonly StoreEvent[] {
    return this.#events;
  }

  /** Drops everything: the next watch from the past is 410. */
  clear(): void {
    this.#drop(this.#events.length);
  }

  #trim(): void {
    const oldest = this.#nowMs() - KEPT_MS;
    let drop = Math.max(0, this.#events.length - KEPT_EVENTS);
    while (drop < this.#events.length && this.#events[drop].atMs < oldest)
      drop += 1;
    if (drop > 0) this.#drop(drop);
  }

  #drop(count: number): void {
    const last = this.#events[count - 1];
    if (last === undefined) return;
    this.#start = last.revision;
    this.#events = this.#events.slice(count);
  }
}
