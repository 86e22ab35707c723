import type { Knex } from 'knex';
import { USAGE_KEPT_MS, chunkOf } from '@callboard/plugin-callboard-core';
import type { UsagePointsRow } from '../tables';

/** One container of an app on a cluster, independent of the names of its instances. */
export interface UsageSeriesKey {
  app: string;
  environment: string;
  workload: string;
  container: string;
}

/** Points of six hours, as text. */
export interface UsageChunk extends UsageSeriesKey {
  cluster: string;
  fromMs: number;
  points: string;
}

const ROWS_AT_ONCE = 50;
const KEY = [
  'app',
  'environment',
  'cluster',
  'workload',
  'container',
  'from_at',
];

export async function saveUsageChunks(
  tx: Knex,
  chunks: readonly UsageChunk[],
): Promise<void> {
  for (let done = 0; done < chunks.length; done += ROWS_AT_ONCE)
    await tx('usage_points')
      .insert(
        chunks.slice(done, done + ROWS_AT_ONCE).map(
          ({ fromMs, ...chunk }): UsagePointsRow => ({
            ...chunk,
            from_at: fromMs,
          }),
        ),
      )
      .onConflict(KEY)
      .merge(['points']);
}

/** Points of all apps of a cluster from an instant on. */
export async function findUsageChunks(
  tx: Knex,
  { cluster, fromMs }: { cluster: string; fromMs: number },
): Promise<UsageChunk[]> {
  const rows = await tx('usage_points')
    .where('from_at', '>=', fromMs)
    .where({ cluster });
  return (rows as UsagePointsRow[]).map(toChunk);
}

/** Kept points of an app in an environment, oldest first. */
export async function findUsageChunksOf(
  tx: Knex,
  of: { app: string; environment: string },
  now: Date,
): Promise<UsageChunk[]> {
  const rows = await tx('usage_points')
    .where(of)
    .where('from_at', '>=', oldestOf(now))
    .orderBy(['cluster', 'workload', 'container', 'from_at']);
  return (rows as UsagePointsRow[]).map(toChunk);
}

/** Deletes points beyond their retention, of all clusters. */
export async function sweepUsage(tx: Knex, now: Date): Promise<void> {
  await tx('usage_points').where('from_at', '<', oldestOf(now)).delete();
}

/** Deletes the usage of an app. */
export async function deleteUsage(tx: Knex, app: string): Promise<void> {
  await tx('usage').where({ app }).delete();
  await tx('usage_points').where({ app }).delete();
}

function oldestOf(now: Date): number {
  return chunkOf(now.getTime() - USAGE_KEPT_MS);
}

function toChunk({ from_at, ...row }: UsagePointsRow): UsageChunk {
  return { ...row, fromMs: Number(from_at) };
}
