import fc from 'fast-check';
import { listStages } from './listStages';
import { listRolloutClusters, readStrategy, type Strategy } from './ocm';
import { phaseOf } from './phaseOf';
import { startRollout, stepRollout } from './stepRollout';
import type {
  ClusterProgress,
  ObservedStatus,
  RolloutEvent,
  Step,
} from './types';

const START_MS = Date.parse('2026-11-20T12:00:00Z');
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

/** What an onlooker knows who keeps only the rules in mind, not the code. */
class Onlooker {
  private readonly status = new Map<
    string,
    { status: ObservedStatus; sinceMs: number }
  >();
  private readonly offline = new Set<string>();
  private readonly skipped = new Set<string>();
  private readonly overdue = new Set<string>();
  private readonly startedMs = new Map<string, number>();
  readonly strategy: Strategy;

  constructor(strategy: Strategy) {
    this.strategy = strategy;
  }

  sees(event: RolloutEvent, nowMs: number, wasHalted: boolean): void {
    if (event.kind === 'lost') {
      this.offline.add(event.cluster);
      if (
        !this.isProved(event.cluster, nowMs) &&
        !this.hasFailed(event.cluster)
      )
        this.forget(event.cluster);
    }
    if (event.kind === 'reached') this.offline.delete(event.cluster);
    if (event.kind === 'skip') this.skipped.add(event.cluster);
    if (event.kind === 'resume' && wasHalted) {
      for (const cluster of NAMES)
        if (this.hasFailed(cluster)) this.forget(cluster);
    }
    if (
      event.kind === 'observed' &&
      event.revision === 'v2' &&
      !this.offline.has(event.cluster)
    ) {
      if (this.overdue.has(event.cluster) && event.status !== 'Succeeded')
        return;
      this.overdue.delete(event.cluster);
      const known = this.status.get(event.cluster);
      if (known?.status !== event.status)
        this.status.set(event.cluster, {
          status: event.status,
          sinceMs: nowMs,
        });
      if (!this.startedMs.has(event.cluster))
        this.startedMs.set(event.cluster, nowMs);
    }
  }

  starts(cluster: string, nowMs: number): void {
    this.startedMs.set(cluster, nowMs);
    this.status.delete(cluster);
  }

  timesOut(cluster: string): void {
    this.overdue.add(cluster);
  }

  isOffline(cluster: string): boolean {
    return this.offline.has(cluster);
  }

  isProved(cluster: string, nowMs: number): boolean {
    const known = this.status.get(cluster);
    return (
      known?.status === 'Succeeded' &&
      nowMs - known.sinceMs >= this.strategy.minSuccessMs
    );
  }

  hasFailed(cluster: string): boolean {
    return (
      this.overdue.has(cluster) || this.status.get(cluster)?.status === 'Failed'
    );
  }

  isSkipped(cluster: string): boolean {
    return this.skipped.has(cluster);
  }

  /** Under way: started, reachable, neither proved nor given up. */
  isBusy(cluster: string, nowMs: number): boolean {
    return (
      this.startedMs.has(cluster) &&
      !this.offline.has(cluster) &&
      !this.skipped.has(cluster) &&
      !this.isProved(cluster, nowMs) &&
      !this.overdue.has(cluster)
    );
  }

  private forget(cluster: string): void {
    this.status.delete(cluster);
    this.startedMs.delete(cluster);
    this.overdue.delete(cluster);
  }
}

const cluster = fc.constantFrom(...NAMES);
const status = fc.constantFrom<ObservedStatus>(
  'Progressing',
  'Succeeded',
  'Succeeded',
  'Failed',
);
const event: fc.Arbitrary<RolloutEvent & { waitMs?: number }> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('observed' as const),
      cluster,
      status,
      revision: fc.constantFrom('v2', 'v2', 'v2', 'v1'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('lost' as const), cluster }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('reached' as const), cluster }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('tick' as const),
      waitMs: fc.integer({ min: 0, max: 90_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<RolloutEvent>(
      { kind: 'pause' },
      { kind: 'resume' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('skip' as const),
      cluster,
      why: fc.constant('not today'),
    }),
  },
);

const config = fc.record({
  minSuccessTime: fc.constantFrom('0s', '30s', '60s'),
  progressDeadline: fc.constantFrom('None', '2m'),
  maxFailures: fc.constantFrom(0, 1, '50%'),
});
const strategy = fc.oneof(
  fc.record({ type: fc.constant('All'), all: config }),
  fc.record({
    type: fc.constant('Progressive'),
    progressive: fc
      .tuple(
        config,
        fc.constantFrom(1, 2, '50%'),
        fc.constantFrom([], [{ groupIndex: 0 }]),
      )
      .map(([common, maxConcurrency, mandatoryDecisionGroups]) => ({
        ...common,
        maxConcurrency,
        mandatoryDecisionGroups,
      })),
  }),
  fc.record({
    type: fc.constant('ProgressivePerGroup'),
    progressivePerGroup: config,
  }),
);
const groups = fc
  .array(fc.integer({ min: 0, max: 2 }), {
    minLength: NAMES.length,
    maxLength: NAMES.length,
  })
  .map(groupOf =>
    [0, 1, 2].map(index => ({
      name: `g${index}`,
      clusters: NAMES.filter((_, at) => groupOf[at] === index),
    })),
  );

function read(value: unknown): Strategy {
  const result = readStrategy(value);
  if (!result.ok) throw new Error(result.problem.why);
  return result.value;
}

/** Checks the rules on what a step starts. */
function checkLaws(
  step: Step,
  before: Step,
  { onlooker, nowMs }: { onlooker: Onlooker; nowMs: number },
): void {
  const stages = listStages(step.rollout.strategy, step.rollout.groups);
  for (const [name, progress] of Object.entries(step.rollout.clusters)) {
    if (
      progress.kind === 'timed-out' &&
      before.rollout.clusters[name]?.kind !== 'timed-out'
    )
      onlooker.timesOut(name);
  }
  const started = step.effects.flatMap(effect =>
    effect.kind === 'apply' ? [effect.cluster] : [],
  );
  expect(started.length === 0 || step.rollout.command === 'run').toBe(true);
  for (const name of started) {
    expect(onlooker.isOffline(name)).toBe(false);
    expect(onlooker.isSkipped(name)).toBe(false);
    const at = stages.findIndex(({ clusters }) => clusters.includes(name));
    for (const earlier of stages.slice(0, at)) {
      const failures = earlier.clusters.filter(
        other => onlooker.hasFailed(other) && !onlooker.isSkipped(other),
      );
      expect(failures.length).toBeLessThanOrEqual(earlier.maxFailures);
      for (const other of earlier.clusters) {
        const isThrough =
          onlooker.isProved(other, nowMs) ||
          onlooker.hasFailed(other) ||
          onlooker.isSkipped(other) ||
          onlooker.isOffline(other);
        expect({ other, isThrough }).toEqual({ other, isThrough: true });
      }
    }
  }
  for (const name of started) onlooker.starts(name, nowMs);
  for (const { clusters, concurrency } of stages) {
    if (!clusters.some(name => started.includes(name))) continue;
    expect(
      clusters.filter(name => onlooker.isBusy(name, nowMs)).length,
    ).toBeLessThanOrEqual(
      Math.max(
        concurrency,
        clusters.filter(
          name => onlooker.isBusy(name, nowMs) && !started.includes(name),
        ).length,
      ),
    );
  }
}

describe('stepRollout keeps its rules under any interleaving', () => {
  it('never starts a wave too early, too wide, on a lost cluster, or when nobody wants it; and ends', () => {
    fc.assert(
      fc.property(
        strategy,
        groups,
        fc.array(event, { maxLength: 60 }),
        (given, placed, events) => {
          let nowMs = START_MS;
          const onlooker = new Onlooker(read(given));
          const nothing: Step = {
            rollout: {
              ...startRollout(
                { revision: 'v2', strategy: onlooker.strategy, groups: [] },
                new Date(nowMs),
              ).rollout,
            },
            effects: [],
          };
          let step = startRollout(
            { revision: 'v2', strategy: onlooker.strategy, groups: placed },
            new Date(nowMs),
          );
          checkLaws(step, nothing, { onlooker, nowMs });
          const take = (next: RolloutEvent & { waitMs?: number }) => {
            const before = step;
            nowMs += next.waitMs ?? 0;
            const wasHalted =
              phaseOf({ ...before.rollout, command: 'run' }, new Date(nowMs))
                .kind === 'halted';
            onlooker.sees(next, nowMs, wasHalted);
            step = stepRollout(before.rollout, next, new Date(nowMs));
            checkLaws(step, before, { onlooker, nowMs });
          };
          events.forEach(take);

          // When the world is well again and someone resumes it, it ends on the new revision everywhere.
          NAMES.forEach(name => take({ kind: 'reached', cluster: name }));
          for (
            let round = 0;
            round < 20 &&
            phaseOf(step.rollout, new Date(nowMs)).kind !== 'done';
            round += 1
          ) {
            take({ kind: 'resume' });
            for (const name of NAMES) {
              if (step.rollout.updated.includes(name))
                take({
                  kind: 'observed',
                  cluster: name,
                  revision: 'v2',
                  status: 'Succeeded',
                });
            }
            take({ kind: 'tick', waitMs: 61_000 });
          }
          expect(phaseOf(step.rollout, new Date(nowMs)).kind).toBe('done');
          for (const name of NAMES) {
            const { kind } = step.rollout.clusters[name];
            // As many failures as are tolerated may be left.
            const isThrough = kind === 'succeeded' || kind === 'skipped';
            expect(isThrough || onlooker.hasFailed(name)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('starts what Open Cluster Management would start, as long as nothing fails', () => {
    const states = fc.array(
      fc.constantFrom('new', 'Progressing', 'Succeeded', 'soaked'),
      { minLength: NAMES.length, maxLength: NAMES.length },
    );
    fc.assert(
      fc.property(strategy, groups, states, (given, placed, kinds) => {
        const now = new Date(START_MS);
        const soakedMs = START_MS - 60_000;
        const rules = read(given);
        const { rollout } = startRollout(
          { revision: 'v2', strategy: rules, groups: [] },
          now,
        );
        const clusters: Record<string, ClusterProgress> = {};
        NAMES.forEach((name, index) => {
          if (kinds[index] === 'new') return;
          const kind =
            kinds[index] === 'Progressing' ? 'applying' : 'succeeded';
          clusters[name] = {
            kind,
            sinceMs: kinds[index] === 'soaked' ? soakedMs : START_MS,
          };
        });
        const { effects } = stepRollout(
          { ...rollout, clusters, groups: placed },
          { kind: 'tick' },
          now,
        );
        const ours = effects.flatMap(effect =>
          effect.kind === 'apply' ? [effect.cluster] : [],
        );
        const statuses = NAMES.flatMap((name, index) => {
          const kind = kinds[index];
          if (kind === 'new') return [];
          const lastTransitionTime = new Date(
            kind === 'soaked' ? soakedMs : START_MS,
          );
          return [
            {
              cluster: name,
              status:
                kind === 'Progressing'
                  ? ('Progressing' as const)
                  : ('Succeeded' as const),
              lastTransitionTime,
            },
          ];
        });
        const theirs = listRolloutClusters(
          { strategy: rules, groups: placed, statuses },
          now,
        )
          .rollout.filter(listed => listed.status === 'ToApply')
          .map(listed => listed.cluster);
        // Theirs lets what is under way elsewhere count against the group or the limit at hand; ours never starts more than it would on its own.
        expect(theirs.filter(name => !ours.includes(name))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
