import type { Clock } from '../clock';
import type { ObjectStore } from '../store';
import type { Controller } from './Controller';

const BATCH = 50; // then the event loop turns: one busy cluster must not delay the others
const RETRY_MS = 1_000;

/** Runs a cluster's controllers: one queue, each key at most once in it. */
export class ControllerLoop {
  readonly #controllers: readonly Controller[];
  readonly #clock: Clock;
  readonly #store: ObjectStore;
  readonly #queue = new Map<string, { controller: Controller; key: string }>();
  readonly #timers = new Map<string, () => void>();
  #unsubscribe: (() => void) | undefined;
  #isPumping = false;

  constructor(
    store: ObjectStore,
    clock: Clock,
    controllers: readonly Controller[],
  ) {
    this.#store = store;
    this.#clock = clock;
    this.#controllers = controllers;
  }

  /** Reconciles every existing object, then those that change. */
  start(): void {
    if (this.#unsubscribe !== undefined) return;
    const look = (event: Parameters<Controller['keysOf']>[0]) => {
      for (const controller of this.#controllers) {
        for (const key of controller.keysOf(event))
          this.#enqueue(controller, key);
      }
    };
    for (const { storage, object } of this.#store.all()) {
      look({
        type: 'ADDED',
        storage,
        object,
        revision: this.#store.revision,
        atMs: 0,
      });
    }
    this.#unsubscribe = this.#store.subscribe(look);
  }

  stop(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    this.#queue.clear();
    this.#timers.forEach(cancel => cancel());
    this.#timers.clear();
  }

  #enqueue(controller: Controller, key: string): void {
    const id = `${controller.name}|${key}`;
    this.#timers.get(id)?.();
    this.#timers.delete(id);
    this.#queue.set(id, { controller, key });
    if (this.#isPumping) return;
    this.#isPumping = true;
    setImmediate(() => this.#pump());
  }

  #pump(): void {
    let done = 0;
    for (const [id, { controller, key }] of this.#queue) {
      this.#queue.delete(id);
      this.#reconcile(controller, key, id);
      done += 1;
      if (done === BATCH) break;
    }
    this.#isPumping = this.#queue.size > 0;
    if (this.#isPumping) setImmediate(() => this.#pump());
  }

  #reconcile(controller: Controller, key: string, id: string): void {
    let afterMs: number | undefined;
    try {
      afterMs = controller.reconcile(key);
    } catch {
      afterMs = RETRY_MS; // the state changed meanwhile (a namespace was deleted, a name was taken): retry
    }
    if (
      afterMs === undefined ||
      this.#unsubscribe === undefined ||
      this.#queue.has(id)
    )
      return;
    this.#timers.set(
      id,
      this.#clock.schedule(afterMs, () => {
        this.#timers.delete(id);
        this.#enqueue(controller, key);
      }),
    );
  }
}
