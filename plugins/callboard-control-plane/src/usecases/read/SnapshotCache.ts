import { setTimeout as wait } from 'node:timers/promises';
import type {
  App,
  Cluster,
  ClusterFacts,
  PlacementVerdict,
  Problem,
} from '@callboard/plugin-callboard-common';
import type { PageReader, StoreWatcher } from '../../reconcile/roles';
import {
  KeptReads,
  WriteCounter,
  aheadOfOthers,
  describeStoreFault,
  readAtOnce,
} from '../../store';
import {
  type FleetSnapshot,
  type SnapshotRecords,
  pictureOf,
  readFleetSnapshot,
  readRecords,
} from './FleetSnapshot';

const KEPT_MS = 2_000; // leases and heartbeats are not counted: this is their maximum age
const UNTOLD_MS = 500; // changes that were not published yet may be missing for as long
const LOOKED_AT_MS = 10_000; // a recent reader will read again: its snapshot is refreshed in advance
const SHOWN_MS = 250; // maximum age of sentences that name seconds
const BUSY_MS = 5; // shorter reads need no pause
const MOST_PAUSE_MS = 20; // between two reads, so that others can use the database too
const PATIENCE_MS = 5_000; // with a database that does not answer, where an older snapshot can be shown

/** Results that are computed from a snapshot once for all readers. */
export interface Shown {
  snapshot: FleetSnapshot;
  /** Why pushes are refused. */
  space?: Problem;
  apps?: App[];
  clusters?: Cluster[];
  /** Clusters as placement sees them. */
  facts?: ClusterFacts[];
  /** Of every cluster, by environment of the platform. */
  verdicts?: Map<string, PlacementVerdict[]>;
}

interface Kept {
  records: SnapshotRecords;
  space?: Problem;
  /** Number of writes that it includes. */
  count: number;
  atMs: number;
  readAt: Date;
}

interface Reading {
  count: number;
  kept: Promise<Kept>;
}

/**
 * Keeps the data that pages show until something is written. However many
 * readers there are, the database is read once per change, and by one reader at
 * a time.
 *
 * Never older than what a caller knows: a read returns data from after every
 * write for which {@link mustShow} was called. Later writes that were not
 * published may be missing for {@link UNTOLD_MS}: while fifty apps are pushed
 * there are writes all the time. Where other processes write as well they
 * cannot be counted: then each read waits for a database read that begins after
 * it, together with all others that wait.
 *
 * While the database does not answer, a read returns the last data, with every
 * cluster stale since then.
 */
export class SnapshotCache {
  readonly #context: PageReader & StoreWatcher;
  #writes: WriteCounter | undefined;
  readonly #parts: KeptReads | undefined;
  #kept: Kept | undefined;
  #reading: Reading | undefined;
  #next: Promise<Kept> | undefined;
  #shown: (Shown & { of: Kept; signs: string }) | undefined;
  #known = 0;
  #lookedAtMs = -Infinity;

  constructor(context: PageReader & StoreWatcher) {
    this.#context = context;
    const { knex, isSoleProcess } = context.deps;
    const isCounted =
      isSoleProcess === true &&
      String(knex.client.config.client).includes('better-sqlite3');
    this.#writes = isCounted ? new WriteCounter(knex) : undefined;
    this.#parts = this.#writes && new KeptReads(this.#writes);
  }

  /** Stops keeping data. */
  close(): void {
    this.#writes?.close();
    this.#writes = undefined;
  }

  /** Makes every later read include all writes so far: a caller knows of them. */
  mustShow(): void {
    if (this.#writes) this.#known = this.#writes.count;
  }

  /** The same once they were read: neither earlier nor later reads wait for it. */
  async showSoon(): Promise<void> {
    if (!this.#writes) return;
    const { count } = this.#writes;
    const isLookedAt = performance.now() - this.#lookedAtMs < LOOKED_AT_MS;
    if (isLookedAt) await this.#readSince(count).catch(() => {}); // reads report the reason
    this.#known = Math.max(this.#known, count);
  }

  /** The current fleet and its apps. */
  show(): Promise<Shown> {
    this.#lookedAtMs = performance.now();
    return this.orLast(async () => this.#shownOf(await this.#read()));
  }

  /** Returns the result of a read; while the database does not answer, the last result, if there is one. */
  async orLast(read: () => Promise<Shown>): Promise<Shown> {
    const last = this.#kept;
    if (!last) return read();
    const answered = new AbortController();
    try {
      return await Promise.race([read(), losePatience(answered.signal)]);
    } catch (error) {
      if (!describeStoreFault(error)) throw error;
      this.#context.condition.failed(error);
      return this.#shownOf(this.#kept ?? last, { isStale: true });
    } finally {
      answered.abort();
    }
  }

  /** The current result where it needs no read. */
  showKept(): Shown | undefined {
    return this.#kept && this.#isCurrent(this.#kept)
      ? this.#shownOf(this.#kept)
      : undefined;
  }

  #read(): Promise<Kept> {
    return this.#kept && this.#isCurrent(this.#kept)
      ? Promise.resolve(this.#kept)
      : this.#readSince(this.#known);
  }

  /** Reads now, or joins a read that includes this number of writes. */
  #readSince(count: number): Promise<Kept> {
    if (!this.#reading) return this.#begin();
    if (this.#writes && this.#reading.count >= count) return this.#reading.kept;
    this.#next ??= this.#afterReading(this.#reading.kept);
    return this.#next;
  }

  async #afterReading(before: Promise<Kept>): Promise<Kept> {
    const beganMs = performance.now();
    await before.catch(() => {});
    const tookMs = performance.now() - beganMs;
    if (tookMs > BUSY_MS) await wait(Math.min(tookMs, MOST_PAUSE_MS));
    this.#next = undefined;
    return this.#begin();
  }

  async #begin(): Promise<Kept> {
    const { deps } = this.#context;
    const count = this.#writes?.count ?? 0;
    const atMs = performance.now();
    const readAt = deps.clock.now();
    const reading = {
      count,
      kept: Promise.all([
        // Reads as of one instant, in one turn at the database.
        aheadOfOthers(() =>
          readAtOnce(deps.knex, tx => readRecords(tx, {}, this.#parts)),
        ),
        deps.checkSpace?.().catch(() => undefined), // pushes report the reason
      ]).then(([records, space]) => ({
        records,
        ...(space && { space }),
        count,
        atMs,
        readAt,
      })),
    };
    this.#reading = reading;
    try {
      this.#kept = await reading.kept;
      return this.#kept;
    } finally {
      if (this.#reading === reading) this.#reading = undefined;
    }
  }

  #isCurrent({ count, atMs }: Kept): boolean {
    if (!this.#writes || count < this.#known) return false;
    const mostMs = count === this.#writes.count ? KEPT_MS : UNTOLD_MS;
    return performance.now() - atMs < mostMs;
  }

  #shownOf(of: Kept, { isStale = false } = {}): Shown {
    const { deps, condition } = this.#context;
    const platform = {
      environments: deps.platform.environments,
      blueprints: deps.platform.blueprints,
    };
    const seen = pictureOf(of.records, this.#context, { platform });
    const snapshot = isStale
      ? {
          ...seen,
          clusterStatusOf: staleSince(of.readAt, seen.clusterStatusOf),
        }
      : seen;
    const signs = JSON.stringify([
      [...snapshot.clusters.keys()].map(name => snapshot.clusterStatusOf(name)),
      condition.problem,
    ]);
    const last = this.#shown;
    if (
      last?.of === of &&
      last.signs === signs &&
      last.snapshot.platform.environments === platform.environments &&
      last.snapshot.platform.blueprints === platform.blueprints &&
      Math.abs(snapshot.now.getTime() - last.snapshot.now.getTime()) < SHOWN_MS
    )
      return last;
    const { space } = of;
    this.#shown = { of, signs, snapshot, ...(space && { space }) };
    return this.#shown;
  }
}

/** Live state is not stored: it is known as of the last read. */
function staleSince(
  readAt: Date,
  clusterStatusOf: FleetSnapshot['clusterStatusOf'],
): FleetSnapshot['clusterStatusOf'] {
  return name => {
    const status = clusterStatusOf(name);
    return status.freshness === 'live'
      ? { ...status, freshness: 'stale', observedAt: readAt }
      : status;
  };
}

async function losePatience(signal: AbortSignal): Promise<never> {
  await wait(PATIENCE_MS, undefined, { signal, ref: false });
  throw new Error('Timeout acquiring a connection');
}

/** Context of reads of the present. */
export type ReadContext = PageReader & { snapshots?: SnapshotCache };

/** The fleet and its apps now, cached where that is possible, or at an instant. */
export async function look(
  context: ReadContext,
  { at }: { at?: Date },
): Promise<Shown> {
  return !at && context.snapshots
    ? context.snapshots.show()
    : { snapshot: await readFleetSnapshot(context, { at }) };
}
