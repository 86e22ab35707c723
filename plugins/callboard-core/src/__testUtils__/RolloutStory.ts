import { readStrategy, type RolloutGroup } from '../rollout/ocm';
import {
  commandRollout,
  startRollout,
  stepRollout,
} from '../rollout/stepRollout';
import type {
  ObservedStatus,
  RolloutEffect,
  RolloutEvent,
  Step,
} from '../rollout/types';
import { viewRollout, type RolloutView } from '../rollout/viewRollout';

export const START_MS = Date.parse('2026-11-20T12:00:00Z');

/** A rollout told as a story: each line steps it and answers the effects. */
export class RolloutStory {
  private nowMs = START_MS;
  private step: Step;

  constructor(strategy: unknown, groups: RolloutGroup[]) {
    const read = readStrategy(strategy);
    if (!read.ok) throw new Error(read.problem.why);
    this.step = startRollout(
      { revision: 'v2', strategy: read.value, groups },
      this.now(),
    );
  }

  now(): Date {
    return new Date(this.nowMs);
  }

  effects(): string[] {
    return this.step.effects.map(effect => brief(effect, this.nowMs));
  }

  take(event: RolloutEvent): string[] {
    this.step = stepRollout(this.step.rollout, event, this.now());
    return this.effects();
  }

  sees(cluster: string, status: ObservedStatus, revision = 'v2'): string[] {
    return this.take({ kind: 'observed', cluster, revision, status });
  }

  seesFailing(cluster: string, why: string): string[] {
    const status = 'Failed';
    return this.take({
      kind: 'observed',
      cluster,
      revision: 'v2',
      status,
      why,
    });
  }

  /** A person's word, before the clusters are looked at again. */
  says(command: 'pause' | 'resume' | 'abort'): void {
    this.step = {
      rollout: commandRollout(this.step.rollout, command, this.now()),
      effects: [],
    };
  }

  waits(seconds: number): string[] {
    this.nowMs += seconds * 1000;
    return this.take({ kind: 'tick' });
  }

  /** What a page shows, of a rollout that was written down and read again. */
  view(): RolloutView {
    const stored = JSON.parse(JSON.stringify(this.step.rollout));
    return viewRollout(stored, this.now());
  }

  phase(): string {
    return this.view().sentence;
  }

  waves(): string[] {
    return this.view().waves.map(({ cells }) =>
      cells.map(({ cluster, cell }) => `${cluster}:${cell.kind}`).join(' '),
    );
  }
}

function brief(effect: RolloutEffect, nowMs: number): string {
  switch (effect.kind) {
    case 'apply':
      return `apply ${effect.cluster} ${effect.revision}`;
    case 'wake':
      return `wake in ${(effect.atMs - nowMs) / 1000}`;
    case 'notify':
      return `notify ${effect.about.kind}`;
    default:
      throw new Error(`Nobody performs ${JSON.stringify(effect)}`);
  }
}

export const progressive = {
  type: 'Progressive',
  progressive: {
    maxConcurrency: 1,
    minSuccessTime: '60s',
    progressDeadline: '10m',
  },
};
export const perGroup = (rest = {}) => ({
  type: 'ProgressivePerGroup',
  progressivePerGroup: rest,
});
export const one = (...clusters: string[]): RolloutGroup[] => [
  { name: '', clusters },
];
