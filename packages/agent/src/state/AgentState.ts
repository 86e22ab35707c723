import { setImmediate } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { DesiredState } from '../desired/DesiredState';
import { EventLog } from '../events/EventLog';
import type { StatePart, StateStore } from './StateStore';

const MAX_PART_BYTES = 8 * 1024 * 1024; // decompressed
const SOON_MS = 1_000;
const PACKING = { chunkSize: 2_048 }; // most parts are that small; the default of 16 KB each would stay in a quiet process until it is collected

/**
 * The agent's persistent state: desired state and events. Changes are made in
 * memory and stored by `flush`; changes during a write share the next one.
 */
export class AgentState {
  readonly desired = new DesiredState(part => this.#change(part));
  readonly events = new EventLog(() => this.#change('journal'));
  /** Parts that existed and could not be read; they are written again. */
  readonly unreadable: StatePart[] = [];
  readonly #store: StateStore;
  readonly #dirty = new Set<StatePart>();
  #running: Promise<void> = Promise.resolve();
  #next: Promise<void> | undefined;
  #soon: NodeJS.Timeout | undefined;
  #mayBeOld = true;
  /** Changed since `catchUp` began to read. */
  #changed = new Set<StatePart>();

  private constructor(store: StateStore) {
    this.#store = store;
  }

  /** Throws when the store cannot be read at all: an agent without its state must not overwrite it. */
  static async open(store: StateStore): Promise<AgentState> {
    const state = new AgentState(store);
    for (const [part, bytes] of await store.read()) {
      state.#load(part, bytes);
      await setImmediate(); // each decompresses up to megabytes, and there are nine
    }
    return state;
  }

  /** Resolves once all changes until now are stored; throws when they cannot be. */
  flush(): Promise<void> {
    if (this.#dirty.size === 0) return this.#next ?? this.#running;
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined;
        this.#running = this.#write();
        return this.#running;
      });
    return this.#next;
  }

  /** For changes that would be found again after a kill: stored with the next write, or within a second. */
  flushSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.flush().catch(() => undefined); // callers that need it stored await `flush` and get the error
    }, SOON_MS).unref();
  }

  /** Another agent of this cluster has replaced this one at the hub and owns the stored state now. */
  leaveToAnother(): void {
    clearTimeout(this.#soon);
    this.#soon = undefined;
    this.#dirty.clear();
    this.#mayBeOld = true;
  }

  /**
   * Loads what another agent stored while it had our place: the one before this
   * process, which has just ended, or one that was connected in between.
   */
  async catchUp(): Promise<void> {
    if (!this.#mayBeOld) return;
    await this.#running.catch(() => undefined);
    this.#changed = new Set(this.#dirty);
    for (const [part, bytes] of await this.#store.read()) {
      if (!this.#changed.has(part)) this.#load(part, bytes);
      await setImmediate();
    }
    this.#mayBeOld = false;
  }

  async close(): Promise<void> {
    clearTimeout(this.#soon);
    await this.flush().catch(() => undefined);
  }

  #change(part: StatePart): void {
    this.#dirty.add(part);
    this.#changed.add(part);
  }

  async #write(): Promise<void> {
    const parts = [...this.#dirty];
    this.#dirty.clear();
    try {
      for (const part of parts) {
        const text =
          part === 'journal' ? this.events.write() : this.desired.write(part);
        await this.#store.write(part, gzipSync(text, PACKING));
      }
    } catch (error) {
      parts.forEach(part => this.#dirty.add(part));
      throw error;
    }
  }

  #load(part: StatePart, bytes: Uint8Array): void {
    try {
      const text = gunzipSync(bytes, {
        maxOutputLength: MAX_PART_BYTES,
      }).toString('utf8');
      if (part === 'journal') this.events.load(text);
      else this.desired.load(part, text);
    } catch {
      this.unreadable.push(part);
      this.#change(part);
    }
  }
}
