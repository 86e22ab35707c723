/** So many at once and no more; nobody waits. */
export class Semaphore {
  #free: number;

  constructor(permits: number) {
    this.#free = permits;
  }

  /** @returns releases what was acquired; undefined where none is free */
  tryAcquire(): (() => void) | undefined {
    if (this.#free === 0) return undefined;
    this.#free -= 1;
    return () => {
      this.#free += 1;
    };
  }
}
