interface Place {
  admit(): void;
}

/** Places for requests under way. First come, first served; anyone who gives up leaves the line. */
export class RequestQueue {
  #free: number;
  readonly #maxWaiting: number;
  readonly #waiting = new Set<Place>();

  constructor(places: number, maxWaiting: number) {
    this.#free = places;
    this.#maxWaiting = maxWaiting;
  }

  /** @returns how to give the place back, or undefined when the line is full or the signal aborted first */
  async enter(signal: AbortSignal): Promise<(() => void) | undefined> {
    if (signal.aborted) return undefined;
    if (this.#free > 0) {
      this.#free--;
      return this.#leaveOnce();
    }
    if (this.#waiting.size >= this.#maxWaiting) return undefined;
    const entered = await new Promise<boolean>(resolve => {
      const place: Place = { admit: () => resolve(true) };
      this.#waiting.add(place);
      signal.addEventListener(
        'abort',
        () => resolve(!this.#waiting.delete(place)), // admitted already: the place is given back by its holder
        { once: true },
      );
    });
    return entered ? this.#leaveOnce() : undefined;
  }

  #leaveOnce(): () => void {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const [next] = this.#waiting;
      if (next === undefined) {
        this.#free++;
        return;
      }
      this.#waiting.delete(next);
      next.admit();
    };
  }
}
