/** So many at once and no more. */
export class Places {
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  /** @returns gives the place back; undefined where there is none */
  take(): (() => void) | undefined {
    if (this.#free === 0) return undefined;
    this.#free -= 1;
    return () => {
      this.#free += 1;
    };
  }
}
