/** Limits how many run at once; callers never wait. */
export class Semaphore {
  #free: number;

  constructor(permits: number) {
    this.#free = permits;
  }

  /**
   * @returns a function that releases the acquired slot; undefined where none
   *   is free
   */
  tryAcquire(): (() => void) | undefined {
    if (this.#free === 0) return undefined;
    this.#free -= 1;
    return () => {
      this.#free += 1;
    };
  }
}
