import type { UsageAmounts, UsagePoint } from './types';

/** Length of the interval of one point. */
export const USAGE_STEP_MS = 5 * 60_000;
/** Time for which points are kept. */
export const USAGE_KEPT_MS = 7 * 24 * 3_600_000;
/** Points that are stored in one chunk. */
const POINTS_PER_CHUNK = 72;
const CHUNK_MS = POINTS_PER_CHUNK * USAGE_STEP_MS;
const KIBIBYTE = 1024;

/** Returns the start of the chunk of an instant, ms. */
export function chunkOf(atMs: number): number {
  return Math.floor(atMs / CHUNK_MS) * CHUNK_MS;
}

/**
 * Adds a measurement to a chunk: per interval the highest counts.
 *
 * @param chunk - as text: `millicores:KiB` per interval, empty where nothing
 *   was measured
 * @returns the same text where the measurement was lower than the stored one
 */
export function addToChunk(
  chunk: string,
  { cpuMillicores, memoryBytes }: UsageAmounts,
  atMs: number,
): string {
  const points = chunk === '' ? [] : chunk.split(',');
  const index = Math.floor((atMs - chunkOf(atMs)) / USAGE_STEP_MS);
  while (points.length <= index) points.push('');
  const [cpu, kibibytes] = readPoint(points[index]) ?? [0, 0];
  points[index] = `${Math.max(cpu, Math.round(cpuMillicores))}:${Math.max(
    kibibytes,
    Math.ceil(memoryBytes / KIBIBYTE),
  )}`;
  return points.join(',');
}

/** Returns the points of a chunk, oldest first. */
export function readChunk(fromMs: number, chunk: string): UsagePoint[] {
  return chunk.split(',').flatMap((text, index) => {
    const point = readPoint(text);
    return point
      ? {
          atMs: fromMs + index * USAGE_STEP_MS,
          cpuMillicores: point[0],
          memoryBytes: point[1] * KIBIBYTE,
        }
      : [];
  });
}

function readPoint(text: string): [number, number] | undefined {
  const [cpu, kibibytes] = text.split(':').map(Number);
  return text !== '' && Number.isFinite(cpu) && Number.isFinite(kibibytes)
    ? [cpu, kibibytes]
    : undefined;
}

const STEPS = [1, 2, 3, 6, 12]; // 5 minutes to an hour

/**
 * Returns fewer points of the same curve: the maximum of each longer interval,
 * so that no peak is lost.
 *
 * @param points - oldest first
 * @param most - upper limit, as long as intervals of an hour suffice
 * @returns points, and the length of the interval of each
 */
export function thinPoints(
  points: readonly UsagePoint[],
  most: number,
): { stepMs: number; points: UsagePoint[] } {
  const spanMs =
    points.length === 0 ? 0 : points[points.length - 1].atMs - points[0].atMs;
  const step =
    STEPS.find(each => spanMs / (each * USAGE_STEP_MS) < most) ??
    STEPS[STEPS.length - 1];
  const stepMs = step * USAGE_STEP_MS;
  const thinned = new Map<number, UsagePoint>();
  for (const { atMs, cpuMillicores, memoryBytes } of points) {
    const from = Math.floor(atMs / stepMs) * stepMs;
    const known = thinned.get(from);
    thinned.set(from, {
      atMs: from,
      cpuMillicores: Math.max(cpuMillicores, known?.cpuMillicores ?? 0),
      memoryBytes: Math.max(memoryBytes, known?.memoryBytes ?? 0),
    });
  }
  return { stepMs, points: [...thinned.values()] };
}
