import { cellOf, type Cell } from './judgeStage';
import { cutIntoWaves, listStages } from './listStages';
import { phaseOf } from './phaseOf';
import { type RolloutNoun, describePhase } from './sentences';
import type { Rollout, RolloutPhase } from './types';

/** A rollout in the form of the wave bar. */
export interface RolloutView {
  revision: string;
  purpose: Rollout['purpose'];
  phase: RolloutPhase;
  /** In words. */
  sentence: string;
  /** Number of the current wave, from 1; 0 where there is none. */
  wave: number;
  waves: RolloutWave[];
  /** Clusters that have the release, and all that should get it. */
  reached: number;
  clusters: number;
}

/** Clusters that start together. */
export interface RolloutWave {
  /** Name of the decision group; empty without one. */
  name: string;
  cells: Array<{ cluster: string; cell: Cell }>;
}

/**
 * Returns one segment per wave, one cell per cluster. Stages with a limit are
 * divided into waves of that size, by name.
 */
export function viewRollout(
  rollout: Rollout,
  now: Date,
  noun: RolloutNoun = 'release',
): RolloutView {
  const nowMs = now.getTime();
  const phase = phaseOf(rollout, now);
  const waves = listStages(rollout.strategy, rollout.groups).flatMap(stage =>
    cutIntoWaves(stage).map(clusters => ({
      name: stage.name,
      cells: clusters.map(cluster => ({
        cluster,
        cell: cellOf(cluster, rollout, nowMs),
      })),
    })),
  );
  const wave = currentWave(waves);
  const placed = waves.flatMap(({ cells }) => cells);
  const clusters = placed.length;
  const reached = placed.filter(({ cluster }) =>
    rollout.updated.includes(cluster),
  ).length;
  return {
    revision: rollout.revision,
    purpose: rollout.purpose,
    phase,
    sentence: describePhase(phase, {
      purpose: rollout.purpose,
      revision: rollout.revision,
      noun,
      reached,
      clusters,
      soakMs: rollout.strategy.minSuccessMs,
      wave,
      waves: waves.length,
      failed: namesOf(waves, ['failed', 'timed-out']),
      isMoreToDo: namesOf(waves, ['to-apply']).length > 0,
    }),
    wave,
    waves,
    reached,
    clusters,
  };
}

/** The last wave that has begun. */
function currentWave(waves: readonly RolloutWave[]): number {
  const last = waves.findLastIndex(({ cells }) =>
    cells.some(({ cell }) => !['to-apply', 'deferred'].includes(cell.kind)),
  );
  return waves.length === 0 ? 0 : Math.max(0, last) + 1;
}

function namesOf(
  waves: readonly RolloutWave[],
  kinds: Array<Cell['kind']>,
): string[] {
  return waves.flatMap(({ cells }) =>
    cells.flatMap(({ cluster, cell }) =>
      kinds.includes(cell.kind) ? [cluster] : [],
    ),
  );
}
