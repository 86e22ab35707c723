/**
 * One at a time per app, in the order of arrival: between the judgement of a
 * push and its record nobody else's push to the same app is judged. Without it
 * two people could both create the same app.
 */
export class AppLocks {
  readonly #tails = new Map<string, Promise<void>>();

  /** Resolves when it is this caller's turn, with how to end it. Ending twice is harmless. */
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

  /** True while somebody has the turn or waits for it. */
  isTaken(app: string): boolean {
    return this.#tails.has(app);
  }
}
