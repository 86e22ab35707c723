import type { RolloutGroup, Strategy } from './ocm';

/** Where one cluster stands. Times are milliseconds since 1970, so that a state survives being written as JSON. */
export type ClusterProgress =
  | { kind: 'to-apply' }
  /** Applied there, not yet observed to run well on the new revision. */
  | { kind: 'applying'; sinceMs: number }
  /** Observed on the new revision. */
  | { kind: 'succeeded'; sinceMs: number }
  | { kind: 'failed'; sinceMs: number; why: string }
  | { kind: 'timed-out'; sinceMs: number }
  | { kind: 'skipped'; why: string };

/** A revision moving over clusters. Only `stepRollout` makes a new one out of an old one. */
export interface Rollout {
  revision: string;
  purpose: 'roll-out' | 'roll-back';
  strategy: Strategy;
  groups: RolloutGroup[];
  /** What a person last said. */
  command: 'run' | 'pause' | 'abort';
  clusters: Record<string, ClusterProgress>;
  /** Clusters that cannot be reached, with since when. They are deferred until they return. */
  offline: Record<string, number>;
  /** Clusters on which the revision was applied at least once: what rolling back must bring back. */
  updated: string[];
  /** The phase that people were last notified of, so that each is published once. */
  lastNotified: string;
}

export type RolloutEvent =
  /** What a cluster was seen to run. Statuses of other revisions come late and mean nothing here. */
  | {
      kind: 'observed';
      cluster: string;
      revision: string;
      status: ObservedStatus;
      why?: string;
    }
  /** `sinceMs`: when it was last in contact; now when omitted. What would have soaked after that was not watched. */
  | { kind: 'lost'; cluster: string; sinceMs?: number }
  | { kind: 'reached'; cluster: string }
  /** The placement chose other clusters or groups. */
  | { kind: 'placed'; groups: RolloutGroup[] }
  | { kind: 'skip'; cluster: string; why: string }
  | { kind: 'pause' }
  /** Goes on; after a halt the clusters that failed are tried again. */
  | { kind: 'resume' }
  | { kind: 'abort' }
  | { kind: 'roll-back'; revision: string }
  /** Time went by. */
  | { kind: 'tick' };

export type ObservedStatus = 'Progressing' | 'Succeeded' | 'Failed';

export type RolloutEffect =
  | { kind: 'apply'; cluster: string; revision: string }
  /** Step again then, at the latest. */
  | { kind: 'wake'; atMs: number }
  | { kind: 'notify'; about: RolloutPhase };

export interface Step {
  rollout: Rollout;
  effects: RolloutEffect[];
}

/** Why nothing new is started. */
export interface HaltReason {
  /** The cluster that caused it. */
  cluster: string;
  why: string;
  failures: number;
  allowed: number;
}

/** What the rollout does now, computed from where its clusters stand. */
export type RolloutPhase =
  | { kind: 'applying'; stage: number; clusters: string[] }
  | { kind: 'soaking'; stage: number; untilMs: number }
  | { kind: 'paused' }
  | { kind: 'halted'; because: HaltReason }
  /** Nothing goes on until these return or are taken out: all others are done, or wait behind them. */
  | { kind: 'waiting-for-clusters'; deferred: string[] }
  | { kind: 'aborted' }
  | { kind: 'done' };
