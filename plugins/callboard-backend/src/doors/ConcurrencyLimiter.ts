/** Releases a slot; calling it again has no effect. */
export type Release = () => void;

interface Waiting {
  caller: string;
  admit(release: Release | undefined): void;
}

export interface ConcurrencyLimits {
  /** Concurrent calls. */
  total: number;
  /** Concurrent calls of one caller, so that none takes all slots. */
  perCaller: number;
  /** How long a call waits for a slot. */
  waitMs: number;
}

const MAX_WAITING_PER_CALLER = 100;

/**
 * Limits the number of concurrent calls. Further calls wait; the waiting caller
 * with the fewest running calls is next.
 */
export class ConcurrencyLimiter {
  readonly #limits: ConcurrencyLimits;
  readonly #running = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #total = 0;

  constructor(limits: ConcurrencyLimits) {
    this.#limits = limits;
  }

  /** Waits for a slot; undefined when none was free in time, or the caller disconnected. */
  async acquire(
    caller: string,
    signal?: AbortSignal,
  ): Promise<Release | undefined> {
    if (this.#hasPlace(caller)) return this.#take(caller);
    const { waitMs } = this.#limits;
    const mine = this.#waiting.filter(one => one.caller === caller).length;
    if (waitMs === 0 || mine >= MAX_WAITING_PER_CALLER) return undefined;
    return this.#wait(caller, signal);
  }

  async #wait(
    caller: string,
    signal: AbortSignal | undefined,
  ): Promise<Release | undefined> {
    const late = AbortSignal.timeout(this.#limits.waitMs);
    const givenUp = signal ? AbortSignal.any([late, signal]) : late;
    let admit: Waiting['admit'] = () => {};
    const admitted = new Promise<Release | undefined>(resolve => {
      admit = resolve;
    });
    const waiting = { caller, admit };
    this.#waiting.push(waiting);
    const giveUp = () => admit(undefined);
    givenUp.addEventListener('abort', giveUp, { once: true });
    if (givenUp.aborted) giveUp();
    try {
      return await admitted;
    } finally {
      givenUp.removeEventListener('abort', giveUp);
      this.#leave(waiting);
    }
  }

  #leave(waiting: Waiting): void {
    const at = this.#waiting.indexOf(waiting);
    if (at !== -1) this.#waiting.splice(at, 1);
  }

  #hasPlace(caller: string): boolean {
    const { total, perCaller } = this.#limits;
    return this.#total < total && this.#runningOf(caller) < perCaller;
  }

  #runningOf(caller: string): number {
    return this.#running.get(caller) ?? 0;
  }

  #take(caller: string): Release {
    this.#total += 1;
    this.#running.set(caller, this.#runningOf(caller) + 1);
    let isGivenBack = false;
    return () => {
      if (isGivenBack) return;
      isGivenBack = true;
      this.#total -= 1;
      const left = this.#runningOf(caller) - 1;
      if (left === 0) this.#running.delete(caller);
      else this.#running.set(caller, left);
      this.#admitNext();
    };
  }

  #admitNext(): void {
    const [next] = this.#waiting
      .filter(({ caller }) => this.#hasPlace(caller))
      // The sort is stable: among equals, the one that waits longest.
      .sort((a, b) => this.#runningOf(a.caller) - this.#runningOf(b.caller));
    if (!next) return;
    this.#leave(next); // immediately: the slot is assigned to this call
    next.admit(this.#take(next.caller));
  }
}
