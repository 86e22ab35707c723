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

const CURE_MS = 1_000; // a database that is back is noticed within this

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
  /** Milliseconds of a clock that nobody sets: from one call to another. */
  elapsedMs(): number;
  timers: Timers;
  logger: LoggerService;
  /** Told of each turn, since it writes. */
  condition: StoreCondition;
}

/** A time in which nobody else had a lease, also where it ran out and was taken again. */
export interface Tenure {
  lease: string;
  since: number;
}

interface Instant {
  byClockMs: number;
  byElapsedMs: number;
}

/**
 * Takes the leases this process wants, and keeps those it got. What it holds
 * may be lost at any time; the write that carries the fence finds out.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #held = new Map<string, Fence>();
  /** Tokens with which tenures began, and the last ones of those that were lost. */
  readonly #since = new Map<string, number>();
  readonly #former = new Map<string, number>();
  #wanted: readonly string[] = [];
  #onChange: (change: { taken: string[]; lost: string[] }) => void = () => {};
  #onRenew: (held: ReadonlySet<string>) => Promise<void> = async () => {};
  #cancelTimer?: () => void;
  #stopped = false;
  /** When what is held was taken or renewed last: asked for, not answered. */
  #renewed?: Instant;
  /** When the wait for the next turn began. */
  #waitsFrom?: Instant;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  /** Calls back when leases were taken or lost. */
  onChange(
    listener: (change: { taken: string[]; lost: string[] }) => void,
  ): void {
    this.#onChange = listener;
  }

  /** Calls back at each turn with what is held, so that others read what goes with it. */
  onRenew(listener: (held: ReadonlySet<string>) => Promise<void>): void {
    this.#onRenew = listener;
  }

  /** Whether a lease is held, as far as this process knows. */
  holds(name: string): boolean {
    return this.#held.has(name);
  }

  /** Proof of holding a lease, for a write that only its holder may do. Throws `LeaseLostError` where it is not held. */
  prove(name: string): Fence {
    const fence = this.#held.get(name);
    if (!fence) throw new LeaseLostError({ lease: name, token: 0 });
    return fence;
  }

  /** The tenure of a lease that is held. Throws `LeaseLostError` where it is not. */
  tenureOf(name: string): Tenure {
    const { lease } = this.prove(name);
    return { lease, since: this.#since.get(lease)! };
  }

  /** Whether a tenure goes on, as far as this process knows. */
  isCurrent({ lease, since }: Tenure): boolean {
    return this.holds(lease) && this.#since.get(lease) === since;
  }

  /**
   * Whether a tenure goes on for certain, by this process's own clocks. False
   * after it stood still for longer than leases last: it learns at its next turn
   * whether somebody else has been there.
   */
  isCertain(tenure: Tenure): boolean {
    return (
      this.isCurrent(tenure) &&
      this.#renewed !== undefined &&
      this.#sinceMs(this.#renewed) < this.#options.ttlMs
    );
  }

  /** Takes what is free of these, now and from time to time. */
  async want(names: readonly string[]): Promise<void> {
    this.#wanted = names;
    await this.#takeTurn();
  }

  /** Gives everything back. */
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

  /** By the clock that says more: one may be set back, the other rests while the machine sleeps. */
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
      // Each taking counts one: nobody else was there in between.
      if (this.#former.get(name) !== fence.token - 1)
        this.#since.set(name, fence.token);
      taken.push(name);
    }
    if (taken.length + lost.length > 0) this.#onChange({ taken, lost });
    await this.#onRenew(new Set(this.#held.keys()));
  }
}
