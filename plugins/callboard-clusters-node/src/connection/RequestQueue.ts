interface Place {
  admit(): void;
}

/** Limits concurrent requests. First come, first served; an aborted caller leaves the queue. */
export class RequestQueue {
  #free: number;
  readonly #maxWaiting: number;
  readonly #waiting = new Set<Place>();

  constructor(places: number, maxWaiting: number) {
    this.#free = places;
    this.#maxWaiting = maxWaiting;
  }

  /**
   * @returns a function that releases the slot, or undefined when the queue is
   *   full or the signal aborted first
   */
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
        () => resolve(!this.#waiting.delete(place)), // admitted already: its holder releases the slot
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
