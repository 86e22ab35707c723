import type { Hold } from '../changes';
import { type Cell, judgeStage, type StageJudgement } from './judgeStage';
import { listStages } from './listStages';
import type { Rollout, RolloutPhase } from './types';

/** Returns the stages up to the first that is not settled; later ones may not start. */
export function judgeOpenStages(
  rollout: Rollout,
  nowMs: number,
): StageJudgement[] {
  const judgements: StageJudgement[] = [];
  for (const stage of listStages(rollout.strategy, rollout.groups)) {
    const judgement = judgeStage(stage, rollout, nowMs);
    judgements.push(judgement);
    if (!judgement.isSettled) break;
  }
  return judgements;
}

/** Returns the current phase of the rollout. */
export function phaseOf(rollout: Rollout, now: Date): RolloutPhase {
  const nowMs = now.getTime();
  if (rollout.command === 'abort') return { kind: 'aborted' };
  const open = judgeOpenStages(rollout, nowMs);
  const halted = open.find(({ halt }) => halt !== undefined);
  if (halted?.halt) return { kind: 'halted', because: halted.halt };
  if (rollout.command === 'pause') return { kind: 'paused' };
  const last = open[open.length - 1];
  return last === undefined || last.isSettled
    ? finish(rollout, nowMs)
    : phaseOfStage(last, open.length - 1, rollout.hold);
}

function phaseOfStage(
  { cells }: StageJudgement,
  stage: number,
  hold: Hold | undefined,
): RolloutPhase {
  const moving = namesOf(cells, 'progressing');
  if (moving.length > 0) return { kind: 'applying', stage, clusters: moving };
  const ends = cells.flatMap(({ cell }) =>
    cell.kind === 'soaking' ? [cell.untilMs] : [],
  );
  if (ends.length > 0)
    return { kind: 'soaking', stage, untilMs: Math.max(...ends) };
  if (hold && namesOf(cells, 'to-apply').length > 0)
    return { kind: 'held', by: hold };
  // Tolerated failures use up the concurrency, so that others wait until their deadline.
  const held = namesOf(cells, 'to-apply');
  if (held.length > 0)
    return { kind: 'applying', stage, clusters: namesOf(cells, 'failed') };
  return { kind: 'waiting-for-clusters', deferred: namesOf(cells, 'deferred') };
}

function finish(rollout: Rollout, nowMs: number): RolloutPhase {
  const deferred = listStages(rollout.strategy, rollout.groups).flatMap(stage =>
    namesOf(judgeStage(stage, rollout, nowMs).cells, 'deferred'),
  );
  return deferred.length > 0
    ? { kind: 'waiting-for-clusters', deferred }
    : { kind: 'done' };
}

function namesOf(cells: StageJudgement['cells'], kind: Cell['kind']): string[] {
  return cells.flatMap(({ cluster, cell }) =>
    cell.kind === kind ? [cluster] : [],
  );
}
