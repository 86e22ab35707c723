/** So many streams and no more. */
export class StreamPlaces {
  #free: number;

  constructor(most: number) {
    this.#free = most;
  }

  take(): (() => void) | undefined {
    if (this.#free === 0) return undefined;
    this.#free -= 1;
    return () => {
      this.#free += 1;
    };
  }
}
