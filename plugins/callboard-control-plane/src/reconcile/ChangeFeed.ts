import type { ChangeSignal } from '@callboard/plugin-callboard-common';

/** Tells anyone who listens that something a page shows has changed. Tells only after it was recorded. */
export class ChangeFeed {
  readonly #listeners = new Set<(change: ChangeSignal) => void>();

  notify(change: ChangeSignal): void {
    for (const listener of [...this.#listeners]) listener(change);
  }

  listen(listener: (change: ChangeSignal) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
