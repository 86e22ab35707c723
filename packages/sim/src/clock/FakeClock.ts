import type { Clock } from './Clock';

interface Timer {
  at: number;
  order: number;
  callback: () => void;
}

/** A clock that moves only with `advance`. Timers fire in order of their time, then of their creation. */
export class FakeClock implements Clock {
  #now: number;
  #order = 0;
  #timers: Timer[] = [];

  constructor(start: Date = new Date('2026-01-01T00:00:00Z')) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  schedule(ms: number, callback: () => void): () => void {
    const timer = {
      at: this.#now + Math.max(0, ms),
      order: this.#order++,
      callback,
    };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter(other => other !== timer);
    };
  }

  /** Advances the clock by `ms`. The event loop turns between timers, so that work they started can proceed. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (
      let due = this.#takeDue(end);
      due !== undefined;
      due = this.#takeDue(end)
    ) {
      this.#now = Math.max(this.#now, due.at);
      due.callback();
      await new Promise(resolve => {
        setImmediate(resolve);
      });
    }
    this.#now = end;
  }

  #takeDue(end: number): Timer | undefined {
    const due = this.#timers
      .filter(({ at }) => at <= end)
      .sort((a, b) => a.at - b.at || a.order - b.order)
      .at(0);
    this.#timers = this.#timers.filter(timer => timer !== due);
    return due;
  }
}
