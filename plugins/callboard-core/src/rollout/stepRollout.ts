import type { Hold } from '../changes';
import type { RolloutGroup, Strategy } from './ocm';
import { judgeOpenStages, phaseOf } from './phaseOf';
import { type Cell, cellOf } from './judgeStage';
import { listStages } from './listStages';
import type {
  ClusterProgress,
  Rollout,
  RolloutEffect,
  RolloutEvent,
  RolloutPhase,
  Step,
} from './types';

const READ_AGAIN_MS = 3_600_000; // timers hold less than a month
const TO_APPLY: ClusterProgress = { kind: 'to-apply' };

/** Starts to roll a revision out; the first wave starts in the same step. */
export function startRollout(
  {
    revision,
    strategy,
    groups,
  }: { revision: string; strategy: Strategy; groups: RolloutGroup[] },
  now: Date,
): Step {
  const rollout: Rollout = {
    revision,
    purpose: 'roll-out',
    strategy,
    groups,
    command: 'run',
    clusters: {},
    offline: {},
    updated: [],
    lastNotified: '',
  };
  return notify(goOn(rollout, now), now);
}

/**
 * Takes one step of a rollout. Pure: same input, same step; a meaningless event
 * changes nothing. Effects may be performed again without harm.
 *
 * A stage starts only after the stage before was observed on the new revision
 * and soaked. Unreachable clusters are deferred, and continued when they
 * return; a stage without any reached cluster is waited for.
 */
export function stepRollout(
  rollout: Rollout,
  event: RolloutEvent,
  now: Date,
): Step {
  return advanceRollout(rollout, [event], now);
}

/**
 * Takes one step for all events since the last one: starts and notifications
 * follow from their sum, not from each single event.
 */
export function advanceRollout(
  rollout: Rollout,
  events: readonly RolloutEvent[],
  now: Date,
): Step {
  const current = events.reduce(
    (state, event) => takeIn(state, event, now),
    rollout,
  );
  return notify(goOn(current, now), now);
}

/**
 * Returns the rollout after a person's command. It starts nothing: the next
 * step does, after it has read the clusters.
 */
export function commandRollout(
  rollout: Rollout,
  command: 'pause' | 'resume' | 'abort',
  now: Date,
): Rollout {
  return takeIn(rollout, { kind: command }, now);
}

/** Notifies people once of phases that may need an action, and of the end. */
function notify({ rollout, effects }: Step, now: Date): Step {
  const phase = phaseOf(rollout, now);
  const news = newsOf(phase);
  if (news === rollout.lastNotified) return { rollout, effects };
  const notified = { ...rollout, lastNotified: news };
  return {
    rollout: notified,
    effects:
      news === '' ? effects : [...effects, { kind: 'notify', about: phase }],
  };
}

function newsOf(phase: RolloutPhase): string {
  switch (phase.kind) {
    case 'held':
      return `held ${phase.by.untilMs}`;
    case 'halted':
      return `halted ${phase.because.cluster}`;
    case 'waiting-for-clusters':
    case 'aborted':
    case 'done':
      return phase.kind;
    default:
      return '';
  }
}

/** Returns the rollout after the event, before it continues. */
function takeIn(rollout: Rollout, event: RolloutEvent, now: Date): Rollout {
  switch (event.kind) {
    case 'observed':
      return observe(rollout, event, now.getTime());
    case 'lost':
      return lose(rollout, event.cluster, event.sinceMs ?? now.getTime());
    case 'reached':
      return { ...rollout, offline: without(rollout.offline, event.cluster) };
    case 'calendar':
      return hold(rollout, event.hold);
    case 'placed':
      return place(rollout, event.groups);
    case 'skip':
      return withProgress(rollout, event.cluster, {
        kind: 'skipped',
        why: event.why,
      });
    case 'pause':
      return rollout.command === 'run'
        ? { ...rollout, command: 'pause' }
        : rollout;
    case 'resume':
      return resume(rollout, now);
    case 'abort':
      return { ...rollout, command: 'abort' };
    case 'roll-back':
      return rollBack(rollout, event.revision);
    default:
      return rollout;
  }
}

/** Late statuses of another revision, and those of removed clusters, are ignored. */
function observe(
  rollout: Rollout,
  {
    cluster,
    revision,
    status,
    why,
  }: Extract<RolloutEvent, { kind: 'observed' }>,
  sinceMs: number,
): Rollout {
  const isPlaced = rollout.groups.some(({ clusters }) =>
    clusters.includes(cluster),
  );
  if (revision !== rollout.revision || !isPlaced || cluster in rollout.offline)
    return rollout;
  const current = rollout.clusters[cluster] ?? TO_APPLY;
  if (current.kind === 'skipped') return rollout;
  const updated = withUpdated(rollout, cluster);
  switch (status) {
    case 'Succeeded':
      return current.kind === 'succeeded'
        ? rollout
        : withProgress(updated, cluster, { kind: 'succeeded', sinceMs });
    case 'Failed':
      if (current.kind === 'timed-out') return rollout;
      // A later finding describes the same failure better.
      return withProgress(updated, cluster, {
        kind: 'failed',
        sinceMs: current.kind === 'failed' ? current.sinceMs : sinceMs,
        why:
          why ??
          (current.kind === 'failed' ? current.why : 'it is not healthy'),
      });
    default:
      return current.kind === 'applying' || current.kind === 'timed-out'
        ? rollout
        : withProgress(updated, cluster, { kind: 'applying', sinceMs });
  }
}

/**
 * A revision that was being applied or soaking starts again when the cluster
 * returns, because its result was not observed.
 */
function lose(rollout: Rollout, cluster: string, nowMs: number): Rollout {
  if (cluster in rollout.offline) return rollout;
  const { kind } = cellOf(cluster, rollout, nowMs);
  const offline = { ...rollout.offline, [cluster]: nowMs };
  const lost = { ...rollout, offline };
  return kind === 'progressing' || kind === 'soaking'
    ? withProgress(lost, cluster, TO_APPLY)
    : lost;
}

/** Going back waits for nothing where the platform says so. */
function hold(rollout: Rollout, by: Hold | undefined): Rollout {
  const { hold: _before, ...others } = rollout;
  const isFree = rollout.purpose === 'roll-back' && by?.allowsRollbacks;
  return by && !isFree ? { ...others, hold: by } : others;
}

function place(rollout: Rollout, groups: RolloutGroup[]): Rollout {
  const placed = new Set(groups.flatMap(({ clusters }) => clusters));
  const keep = <T>(values: Record<string, T>) =>
    Object.fromEntries(
      Object.entries(values).filter(([cluster]) => placed.has(cluster)),
    );
  return {
    ...rollout,
    groups,
    clusters: keep(rollout.clusters),
    updated: rollout.updated.filter(cluster => placed.has(cluster)),
  };
}

function resume(rollout: Rollout, now: Date): Rollout {
  if (rollout.command === 'abort') return rollout;
  const running: Rollout = { ...rollout, command: 'run' };
  if (phaseOf(running, now).kind !== 'halted') return running;
  const clusters = Object.fromEntries(
    Object.entries(running.clusters).map(([cluster, progress]) => [
      cluster,
      progress.kind === 'failed' || progress.kind === 'timed-out'
        ? TO_APPLY
        : progress,
    ]),
  );
  return { ...running, clusters };
}

/** All at once on clusters that were updated; the others need nothing. */
function rollBack(rollout: Rollout, revision: string): Rollout {
  return {
    ...rollout,
    revision,
    purpose: 'roll-back',
    command: 'run',
    strategy: {
      type: 'All',
      minSuccessMs: 0,
      deadlineMs: rollout.strategy.deadlineMs,
      maxFailures: { kind: 'percent', percent: 100 },
      maxConcurrency: { kind: 'percent', percent: 100 },
      mandatory: [],
    },
    groups: [{ name: '', clusters: rollout.updated }],
    clusters: {},
    updated: [],
  };
}

/** Times out overdue clusters, starts those that may start, and schedules the next step. */
function goOn(rollout: Rollout, now: Date): Step {
  const nowMs = now.getTime();
  const timely = timeOut(rollout, nowMs);
  if (timely.command !== 'run') return { rollout: timely, effects: [] };
  if (timely.hold) return wait(timely, timely.hold, nowMs);
  const next = judgeOpenStages(timely, nowMs).flatMap(stage => stage.next);
  const started = next.reduce(
    (state, cluster) =>
      withProgress(withUpdated(state, cluster), cluster, {
        kind: 'applying',
        sinceMs: nowMs,
      }),
    timely,
  );
  const effects: RolloutEffect[] = next.map(cluster => ({
    kind: 'apply',
    cluster,
    revision: started.revision,
  }));
  const wakeMs = earliestChange(started, nowMs);
  return {
    rollout: started,
    effects:
      wakeMs === undefined
        ? effects
        : [...effects, { kind: 'wake', atMs: wakeMs }],
  };
}

/** Nothing starts; what is under way is watched, and the calendar read again when it opens, or within the hour: it may have changed. */
function wait(rollout: Rollout, { untilMs }: Hold, nowMs: number): Step {
  const changesMs = earliestChange(rollout, nowMs) ?? untilMs;
  const atMs = Math.min(changesMs, untilMs, nowMs + READ_AGAIN_MS);
  return { rollout, effects: [{ kind: 'wake', atMs }] };
}

function timeOut(rollout: Rollout, nowMs: number): Rollout {
  return Object.keys(rollout.clusters).reduce((state, cluster) => {
    const deadlineMs = deadlineOf(cellOf(cluster, rollout, nowMs));
    return deadlineMs !== undefined && nowMs >= deadlineMs
      ? withProgress(state, cluster, { kind: 'timed-out', sinceMs: nowMs })
      : state;
  }, rollout);
}

function earliestChange(rollout: Rollout, nowMs: number): number | undefined {
  const times = listStages(rollout.strategy, rollout.groups)
    .flatMap(({ clusters }) => clusters)
    .flatMap(cluster => {
      const cell = cellOf(cluster, rollout, nowMs);
      const changesMs =
        cell.kind === 'soaking' ? cell.untilMs : deadlineOf(cell);
      return changesMs === undefined ? [] : [changesMs];
    });
  return times.length > 0 ? Math.min(...times) : undefined;
}

function deadlineOf(cell: Cell): number | undefined {
  return 'deadlineMs' in cell ? cell.deadlineMs : undefined;
}

function withProgress(
  rollout: Rollout,
  cluster: string,
  progress: ClusterProgress,
): Rollout {
  return { ...rollout, clusters: { ...rollout.clusters, [cluster]: progress } };
}

function withUpdated(rollout: Rollout, cluster: string): Rollout {
  if (rollout.updated.includes(cluster)) return rollout;
  return { ...rollout, updated: [...rollout.updated, cluster].sort() };
}

function without(
  values: Record<string, number>,
  key: string,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => name !== key),
  );
}
