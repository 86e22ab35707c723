import {
  type UsageAmounts,
  addToChunk,
  chunkOf,
} from '@callboard/plugin-callboard-core';
import type { Knex } from 'knex';
import {
  type UsageChunk,
  type UsageSeriesKey,
  findUsageChunks,
} from '../../store';

/** Highest usage of a cluster's containers in each interval of the current six hours: only increases are written. */
export class UsagePeaks {
  readonly #cluster: string;
  readonly #points = new Map<string, string>();
  #fromMs?: number;

  constructor(cluster: string) {
    this.#cluster = cluster;
  }

  /**
   * Reads the peaks that another process, or this one before a restart, saved.
   * @returns whether another six hours have begun
   */
  async open(knex: Knex, now: Date): Promise<boolean> {
    const fromMs = chunkOf(now.getTime());
    if (this.#fromMs === fromMs) return false;
    const chunks = await findUsageChunks(knex, {
      cluster: this.#cluster,
      fromMs,
    });
    this.#points.clear();
    this.#fromMs = fromMs;
    this.kept(chunks.filter(chunk => chunk.fromMs === fromMs));
    return true;
  }

  /**
   * @returns the chunks that a measurement changed; the change counts once they
   *   are `kept`
   */
  add(
    measurements: ReadonlyArray<UsageSeriesKey & UsageAmounts>,
    now: Date,
  ): UsageChunk[] {
    const changed = new Map<string, UsageChunk>();
    const fromMs = chunkOf(now.getTime());
    for (const each of measurements) {
      const key = keyOf(each);
      const before = changed.get(key)?.points ?? this.#points.get(key) ?? '';
      const points = addToChunk(before, each, now.getTime());
      if (points === before) continue;
      const { app, environment, workload, container } = each;
      changed.set(key, {
        app,
        environment,
        workload,
        container,
        cluster: this.#cluster,
        fromMs,
        points,
      });
    }
    return [...changed.values()];
  }

  /** Marks chunks as saved in the database. */
  kept(chunks: readonly UsageChunk[]): void {
    for (const chunk of chunks) this.#points.set(keyOf(chunk), chunk.points);
  }
}

function keyOf(key: UsageSeriesKey): string {
  return [key.app, key.environment, key.workload, key.container].join('/');
}
