/** A queue for items that arrive faster than they are taken. Keeps the newest and counts those dropped. */
export class LogQueue<T> {
  readonly #most: number;
  #items: T[] = [];
  #dropped = 0;
  #wake: () => void = () => undefined;

  constructor(most: number) {
    this.#most = most;
  }

  push(items: readonly T[]): void {
    if (items.length === 0) return;
    this.#items.push(...items);
    const over = this.#items.length - this.#most;
    // Dropped by half, so that a queue that stays full is not copied for every line.
    if (over > this.#most / 2) {
      this.#items = this.#items.slice(over);
      this.#dropped += over;
    }
    this.#wake();
  }

  /** Resolves when there is something to take, or the signal aborts. */
  async wait(signal: AbortSignal): Promise<void> {
    if (this.#items.length > 0 || signal.aborted) return;
    await new Promise<void>(resolve => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      this.#wake = wake;
      signal.addEventListener('abort', wake, { once: true });
    });
  }

  /** Takes at most so many items, oldest first, and the number dropped before them since the last call. */
  take(most: number): { items: T[]; dropped: number } {
    const dropped = this.#dropped;
    this.#dropped = 0;
    return { items: this.#items.splice(0, most), dropped };
  }
}
