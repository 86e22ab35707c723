import type { LoggerService } from '@backstage/backend-plugin-api';
import { describeDuration } from '@callboard/plugin-callboard-common';
import type { Knex } from 'knex';
import {
  type Fence,
  LeaseLostError,
  releaseLeases,
  renewLeases,
  type StoreCondition,
  takeLease,
} from '../store';
import type { Timers } from '../Timers';

const CURE_MS = 1_000; // a database that recovered is noticed within this

/** Lease of builds and placement: one process of several decides. */
export const LEADER_LEASE = 'deciding';

/** Lease of all work on one cluster. */
export function leaseOfCluster(cluster: string): string {
  return `cluster/${cluster}`;
}

export interface LeaseKeeperOptions {
  knex: Knex;
  holder: string;
  ttlMs: number;
  clock: { now(): Date };
  /** Monotonic milliseconds, for differences between two calls. */
  elapsedMs(): number;
  timers: Timers;
  logger: LoggerService;
  /** Notified of the result of each turn, since each turn writes. */
  condition: StoreCondition;
}

/** A period in which no other process held a lease, also where it expired and was taken again. */
export interface Tenure {
  lease: string;
  since: number;
}

interface Instant {
  byClockMs: number;
  byElapsedMs: number;
}

/**
 * Acquires the leases that this process requests, and renews those it holds. A
 * held lease may be lost at any time; the write that carries the fence detects
 * it.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #held = new Map<string, Fence>();
  /** Tokens with which tenures began, and the last tokens of those that were lost. */
  readonly #since = new Map<string, number>();
  readonly #former = new Map<string, number>();
  #wanted: readonly string[] = [];
  #onChange: (change: { taken: string[]; lost: string[] }) => void = () => {};
  #onRenew: (held: ReadonlySet<string>) => Promise<void> = async () => {};
  #cancelTimer?: () => void;
  #stopped = false;
  /** When the held leases were last acquired or renewed: the time of the request, not of the answer. */
  #renewed?: Instant;
  /** When the wait for the next turn began. */
  #waitsFrom?: Instant;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** Calls the listener when leases were acquired or lost. */
  onChange(
    listener: (change: { taken: string[]; lost: string[] }) => void,
  ): void {
    this.#onChange = listener;
  }

  /** Calls the listener at each turn with the held leases, so that related state is read with them. */
  onRenew(listener: (held: ReadonlySet<string>) => Promise<void>): void {
    this.#onRenew = listener;
  }

  /** Whether a lease is held, as far as this process knows. */
  holds(name: string): boolean {
    return this.#held.has(name);
  }

  /**
   * Returns the proof of holding a lease, for a write that only its holder may
   * do. Throws `LeaseLostError` where it is not held.
   */
  prove(name: string): Fence {
    const fence = this.#held.get(name);
    if (!fence) throw new LeaseLostError({ lease: name, token: 0 });
    return fence;
  }

  /** Returns the tenure of a held lease. Throws `LeaseLostError` where it is not held. */
  tenureOf(name: string): Tenure {
    const { lease } = this.prove(name);
    return { lease, since: this.#since.get(lease)! };
  }

  /** Whether a tenure continues, as far as this process knows. */
  isCurrent({ lease, since }: Tenure): boolean {
    return this.holds(lease) && this.#since.get(lease) === since;
  }

  /**
   * Whether a tenure certainly continues, by this process's own clocks. False
   * after the process was suspended for longer than leases last: its next turn
   * shows whether another process held the lease.
   */
  isCertain(tenure: Tenure): boolean {
    return (
      this.isCurrent(tenure) &&
      this.#renewed !== undefined &&
      this.#sinceMs(this.#renewed) < this.#options.ttlMs
    );
  }

  /** Acquires those of these leases that are free, now and periodically. */
  async want(names: readonly string[]): Promise<void> {
    this.#wanted = names;
    await this.#takeTurn();
  }

  /** Releases all leases. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancelTimer?.();
    await this.#turn;
    this.#held.clear();
    await releaseLeases(this.#options.knex, this.#options.holder);
  }

  #takeTurn(): Promise<void> {
    this.#turn = this.#turn
      .then(() => this.#renewAndTake())
      .then(() => this.#options.condition.wrote())
      .catch(error => {
        this.#options.condition.failed(error);
        this.#options.logger.error('Leases cannot be kept', error as Error);
      });
    return this.#turn.then(() => this.#schedule());
  }

  #now(): Instant {
    const { clock, elapsedMs } = this.#options;
    return { byClockMs: clock.now().getTime(), byElapsedMs: elapsedMs() };
  }

  /** Uses the larger difference of the two clocks: one may be set back, the other stops while the node sleeps. */
  #sinceMs(instant: Instant): number {
    const { byClockMs, byElapsedMs } = this.#now();
    return Math.max(
      byClockMs - instant.byClockMs,
      byElapsedMs - instant.byElapsedMs,
    );
  }

  #schedule(): void {
    if (this.#stopped) return;
    this.#cancelTimer?.();
    const { condition, ttlMs, timers } = this.#options;
    this.#waitsFrom = this.#now();
    this.#cancelTimer = timers.after(
      condition.problem ? Math.min(CURE_MS, ttlMs / 3) : ttlMs / 3,
      () => {
        this.#takeTurn().catch(() => {});
      },
    );
  }

  async #renewAndTake(): Promise<void> {
    if (this.#stopped) return;
    const { knex, holder, ttlMs, clock } = this.#options;
    const wanted = new Set(this.#wanted);
    const waitedMs = this.#waitsFrom ? this.#sinceMs(this.#waitsFrom) : 0;
    const asked = this.#now();
    const renewed = new Map(
      (await renewLeases(knex, { holder, now: clock.now(), ttlMs })).map(
        fence => [fence.lease, fence],
      ),
    );
    const lost = [...this.#held.values()]
      .filter(
        fence =>
          renewed.get(fence.lease)?.token !== fence.token ||
          !wanted.has(fence.lease),
      )
      .map(fence => fence.lease);
    for (const name of lost) {
      this.#former.set(name, this.#held.get(name)!.token);
      this.#held.delete(name);
    }
    this.#renewed = asked;
    if (lost.length > 0 && waitedMs > ttlMs)
      this.#options.logger.warn(
        `This process stood still for ${describeDuration(
          waitedMs,
        )} and its leases ran out: it goes on where no other process has begun to`,
        { leases: lost.join(', ') },
      );
    const unwanted = lost.filter(name => !wanted.has(name));
    if (unwanted.length > 0) await releaseLeases(knex, holder, unwanted);

    const taken: string[] = [];
    for (const name of wanted) {
      if (this.#held.has(name)) continue;
      const fence = await takeLease(knex, {
        name,
        holder,
        now: clock.now(),
        ttlMs,
      });
      if (!fence) continue;
      this.#held.set(name, fence);
      // Each acquisition increments the token by one: no other process held the lease in
      // between.
      if (this.#former.get(name) !== fence.token - 1)
        this.#since.set(name, fence.token);
      taken.push(name);
    }
    if (taken.length + lost.length > 0) this.#onChange({ taken, lost });
    await this.#onRenew(new Set(this.#held.keys()));
  }
}
