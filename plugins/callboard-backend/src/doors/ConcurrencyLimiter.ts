/** Gives a place back; calling it again has no effect. */
export type Release = () => void;

interface Waiting {
  caller: string;
  admit(release: Release | undefined): void;
}

export interface ConcurrencyLimits {
  /** Calls at the same time. */
  total: number;
  /** Of one caller, so that nobody keeps all others out. */
  perCaller: number;
  /** How long a call waits for a place. */
  waitMs: number;
}

const MAX_WAITING_PER_CALLER = 100;

/**
 * Lets a number of calls run at the same time. Further ones wait; of those that
 * wait the caller with the fewest running calls is next.
 */
export class ConcurrencyLimiter {
  readonly #limits: ConcurrencyLimits;
  readonly #running = new Map<string, number>();
  readonly #waiting: Waiting[] = [];
  #total = 0;

  constructor(limits: ConcurrencyLimits) {
    this.#limits = limits;
  }

  /** Waits for a place; undefined when there was none in time, or the caller went away. */
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
      // The sort is stable: of equals the one that waits longest.
      .sort((a, b) => this.#runningOf(a.caller) - this.#runningOf(b.caller));
    if (!next) return;
    this.#leave(next); // at once: the place is given to it, and to nobody else
    next.admit(this.#take(next.caller));
  }
}
