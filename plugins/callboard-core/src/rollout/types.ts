import type { ChangeCalendar } from '@callboard/plugin-callboard-common';
import type { Hold } from '../changes';
import type { RolloutGroup, Strategy } from './ocm';

/** Progress of one cluster. Times are milliseconds since 1970, so that a state survives serialization as JSON. */
export type ClusterProgress =
  | { kind: 'to-apply' }
  /** Applied there, not yet observed healthy on the new revision. */
  | { kind: 'applying'; sinceMs: number }
  /** Observed on the new revision. */
  | { kind: 'succeeded'; sinceMs: number }
  | { kind: 'failed'; sinceMs: number; why: string }
  | { kind: 'timed-out'; sinceMs: number }
  | { kind: 'skipped'; why: string };

/** A revision that is rolled out over clusters. Only `stepRollout` makes a new state out of an old one. */
export interface Rollout {
  revision: string;
  purpose: 'roll-out' | 'roll-back';
  strategy: Strategy;
  groups: RolloutGroup[];
  /** Last command of a person. */
  command: 'run' | 'pause' | 'abort';
  clusters: Record<string, ClusterProgress>;
  /** Its own calendar of changes, in place of that of an environment. */
  changes?: ChangeCalendar;
  /** Nothing new starts: the calendar of changes says so. */
  hold?: Hold;
  /** Unreachable clusters, with the time since when. They are deferred until they return. */
  offline: Record<string, number>;
  /** Clusters on which the revision was applied at least once: those that a rollback must revert. */
  updated: string[];
  /** The phase of the last notification, so that each is published once. */
  lastNotified: string;
}

export type RolloutEvent =
  /** Observed state of a cluster. Late statuses of other revisions are ignored. */
  | {
      kind: 'observed';
      cluster: string;
      revision: string;
      status: ObservedStatus;
      why?: string;
    }
  /** `sinceMs`: the last contact; now when omitted. The soak after that was not observed. */
  | { kind: 'lost'; cluster: string; sinceMs?: number }
  | { kind: 'reached'; cluster: string }
  /** What the calendar of changes says now. */
  | { kind: 'calendar'; hold?: Hold }
  /** The placement chose other clusters or groups. */
  | { kind: 'placed'; groups: RolloutGroup[] }
  | { kind: 'skip'; cluster: string; why: string }
  | { kind: 'pause' }
  /** Continues; after a halt the failed clusters are tried again. */
  | { kind: 'resume' }
  | { kind: 'abort' }
  | { kind: 'roll-back'; revision: string }
  /** Time passed. */
  | { kind: 'tick' };

export type ObservedStatus = 'Progressing' | 'Succeeded' | 'Failed';

export type RolloutEffect =
  | { kind: 'apply'; cluster: string; revision: string }
  /** Step again at this time, at the latest. */
  | { kind: 'wake'; atMs: number }
  | { kind: 'notify'; about: RolloutPhase };

export interface Step {
  rollout: Rollout;
  effects: RolloutEffect[];
}

/** Why no new cluster is started. */
export interface HaltReason {
  /** The cluster that caused it. */
  cluster: string;
  why: string;
  failures: number;
  allowed: number;
}

/** Current phase of the rollout, computed from the progress of its clusters. */
export type RolloutPhase =
  | { kind: 'applying'; stage: number; clusters: string[] }
  | { kind: 'soaking'; stage: number; untilMs: number }
  | { kind: 'paused' }
  /** Clusters wait for their turn, and the calendar of changes lets none start. */
  | { kind: 'held'; by: Hold }
  | { kind: 'halted'; because: HaltReason }
  /** Blocked until these clusters return or are skipped: all others are done, or wait behind them. */
  | { kind: 'waiting-for-clusters'; deferred: string[] }
  | { kind: 'aborted' }
  | { kind: 'done' };
