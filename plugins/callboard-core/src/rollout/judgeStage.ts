import type { Stage } from './listStages';
import type { ClusterProgress, HaltReason, Rollout } from './types';

/** State of a cluster within its stage, by time and reachability. */
export type Cell =
  | { kind: 'to-apply' }
  | { kind: 'progressing'; deadlineMs?: number }
  | { kind: 'soaking'; untilMs: number }
  | { kind: 'done' }
  | { kind: 'failed'; why: string; sinceMs: number; deadlineMs?: number }
  | { kind: 'timed-out'; sinceMs: number }
  | { kind: 'skipped'; why: string }
  /** Unreachable; returns to its previous state. */
  | { kind: 'deferred'; sinceMs: number };

/** Judgement of one stage. */
export interface StageJudgement {
  stage: Stage;
  cells: Array<{ cluster: string; cell: Cell }>;
  /** Clusters that may be started now. */
  next: string[];
  halt?: HaltReason;
  /** All clusters were observed on the new revision and soaked, so that the next stage may start. */
  isSettled: boolean;
}

/** Judges a stage. Pure: the same rollout at the same time gives the same judgement. */
export function judgeStage(
  stage: Stage,
  rollout: Rollout,
  nowMs: number,
): StageJudgement {
  const cells = stage.clusters.map(cluster => ({
    cluster,
    cell: cellOf(cluster, rollout, nowMs),
  }));
  const of = (...kinds: Array<Cell['kind']>) =>
    cells.filter(({ cell }) => kinds.includes(cell.kind));
  const halt = findHalt(stage, cells);
  const busy = of('progressing', 'soaking', 'failed').length;
  const waiting = of('to-apply').map(({ cluster }) => cluster);
  const isObserved = of('done', 'failed', 'timed-out', 'skipped').length > 0;
  return {
    stage,
    cells,
    next: halt ? [] : waiting.slice(0, Math.max(0, stage.concurrency - busy)),
    ...(halt && { halt }),
    // A stage without any reached cluster is not settled: the rollout waits for it.
    isSettled:
      !halt &&
      isObserved &&
      waiting.length === 0 &&
      of('progressing', 'soaking').length === 0,
  };
}

/** Returns the current state of a cluster. */
export function cellOf(
  cluster: string,
  { clusters, offline, strategy }: Rollout,
  nowMs: number,
): Cell {
  const progress: ClusterProgress = clusters[cluster] ?? { kind: 'to-apply' };
  const isOffline = Object.prototype.hasOwnProperty.call(offline, cluster);
  switch (progress.kind) {
    case 'skipped':
    case 'timed-out':
      return progress;
    case 'failed':
      return {
        ...progress,
        ...deadlineAfter(progress.sinceMs, strategy.deadlineMs),
      };
    case 'succeeded': {
      const untilMs = progress.sinceMs + strategy.minSuccessMs;
      return nowMs >= untilMs ? { kind: 'done' } : { kind: 'soaking', untilMs };
    }
    case 'applying':
      return {
        kind: 'progressing',
        ...deadlineAfter(progress.sinceMs, strategy.deadlineMs),
      };
    default:
      // A revision that was being applied or soaking when contact was lost is applied again:
      // see `stepRollout`.
      return isOffline
        ? { kind: 'deferred', sinceMs: offline[cluster] }
        : progress;
  }
}

function deadlineAfter(
  sinceMs: number,
  deadlineMs: number | undefined,
): { deadlineMs?: number } {
  return deadlineMs === undefined ? {} : { deadlineMs: sinceMs + deadlineMs };
}

/** The latest failure is the one that exceeded the limit. */
function findHalt(
  { maxFailures }: Stage,
  cells: StageJudgement['cells'],
): HaltReason | undefined {
  const failures = cells.flatMap(({ cluster, cell }) => {
    if (cell.kind === 'failed')
      return [{ cluster, sinceMs: cell.sinceMs, why: cell.why }];
    if (cell.kind === 'timed-out') {
      return [
        {
          cluster,
          sinceMs: cell.sinceMs,
          why: 'it did not become healthy in time',
        },
      ];
    }
    return [];
  });
  if (failures.length <= maxFailures) return undefined;
  const { cluster, why } = failures.sort((a, b) => b.sinceMs - a.sinceMs)[0];
  return { cluster, why, failures: failures.length, allowed: maxFailures };
}
