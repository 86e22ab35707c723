import type { ChangeSignal } from '@callboard/plugin-callboard-common';
import type { ChangeListener } from '../../reconcile/roles';

const COLLECTED_MS = 100; // how long a change waits for later ones, while there are many

/**
 * Notifies listeners outside of the control plane of changes. The first change
 * after a quiet period is published at once; later ones are collected, each
 * once: listeners read again, and the database is read once for all of them.
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

  /** Stops notifying. */
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
