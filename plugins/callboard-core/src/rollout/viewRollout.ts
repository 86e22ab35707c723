import { cellOf, type Cell } from './judgeStage';
import { listStages, type Stage } from './listStages';
import { phaseOf } from './phaseOf';
import { describePhase } from './sentences';
import type { Rollout, RolloutPhase } from './types';

/** A rollout as the wave bar draws it. */
export interface RolloutView {
  revision: string;
  purpose: Rollout['purpose'];
  phase: RolloutPhase;
  /** In words. */
  sentence: string;
  waves: Array<{ name: string; cells: Array<{ cluster: string; cell: Cell }> }>;
}

/** One segment per wave, one cell per cluster. Stages with a limit are cut into waves of that size, by name. */
export function viewRollout(rollout: Rollout, now: Date): RolloutView {
  const nowMs = now.getTime();
  const phase = phaseOf(rollout, now);
  return {
    revision: rollout.revision,
    purpose: rollout.purpose,
    phase,
    sentence: describePhase(phase, rollout, now),
    waves: listStages(rollout.strategy, rollout.groups)
      .flatMap(cutIntoWaves)
      .map(({ name, clusters }) => ({
        name,
        cells: clusters.map(cluster => ({
          cluster,
          cell: cellOf(cluster, rollout, nowMs),
        })),
      })),
  };
}

function cutIntoWaves({
  name,
  clusters,
  concurrency,
}: Stage): Array<{ name: string; clusters: string[] }> {
  const waves: Array<{ name: string; clusters: string[] }> = [];
  for (let start = 0; start < clusters.length; start += concurrency) {
    waves.push({ name, clusters: clusters.slice(start, start + concurrency) });
  }
  return waves;
}
