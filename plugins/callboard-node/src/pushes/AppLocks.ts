/**
 * Locks per app, granted in the order of arrival: between the check of a push
 * and its record, no other push to the same app is checked. Without it two
 * people could both create the same app.
 */
export class AppLocks {
  readonly #tails = new Map<string, Promise<void>>();

  /** Resolves with a release function when the lock is acquired. Releasing twice has no effect. */
  async acquire(app: string): Promise<() => void> {
    const before = this.#tails.get(app) ?? Promise.resolve();
    let end: () => void = () => {};
    const turn = new Promise<void>(resolve => {
      end = resolve;
    });
    const tail = before.then(() => turn);
    this.#tails.set(app, tail);
    await before;
    return () => {
      if (this.#tails.get(app) === tail) this.#tails.delete(app);
      end();
    };
  }

  /** True while the lock is held or awaited. */
  isTaken(app: string): boolean {
    return this.#tails.has(app);
  }
}
