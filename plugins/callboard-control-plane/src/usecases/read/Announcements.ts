import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import type { ChangeListener } from '../../reconcile/roles';

const COLLECTED_MS = 100; // what a change waits for those after it, while there are many

/**
 * Tells those outside of the control plane what changed. The first change of a
 * quiet time is told at once; what follows is collected, each thing once: who
 * hears of it reads again, and the record is read once for all of it.
 */
export class Announcements {
  readonly #context: ChangeListener;
  readonly #beforeNotifying: () => Promise<void>;
  readonly #listeners = new Set<(changes: ChangeSignal[]) => void>();
  readonly #collected = new Map<string, ChangeSignal>();
  readonly #stop: () => void;
  #isNotifying = false;
  #cancel: (() => void) | undefined;

  constructor(context: ChangeListener, beforeNotifying: () => Promise<void>) {
    this.#context = context;
    this.#beforeNotifying = beforeNotifying;
    this.#stop = context.changes.listen(change => {
      this.#collected.set(`${change.kind}/${change.name ?? ''}`, change);
      if (!this.#isNotifying) void this.#notify();
    });
  }

  listen(listener: (changes: ChangeSignal[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Tells nothing more. */
  close(): void {
    this.#stop();
    this.#cancel?.();
  }

  async #notify(): Promise<void> {
    this.#isNotifying = this.#collected.size > 0;
    if (!this.#isNotifying) return;
    const changes = [...this.#collected.values()];
    this.#collected.clear();
    await this.#beforeNotifying();
    for (const listener of [...this.#listeners]) listener(changes);
    this.#cancel = this.#context.timers.after(
      COLLECTED_MS,
      () => void this.#notify(),
    );
  }
}
