import type { ChangeSignal } from '@callboard/plugin-callboard-common';

/** Notifies listeners that something a page shows has changed, always after the change was recorded. */
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
