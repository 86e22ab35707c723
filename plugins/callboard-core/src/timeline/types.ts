import type {
  HealthStatus,
  ReleaseChange,
} from '@callboard/plugin-callboard-common';
import type { UptimeGap } from '../uptime';

/** A half-open interval; without `to` it was still open when it was read. */
export interface Interval {
  from: Date;
  to?: Date;
}

/** A time in which a release was desired in an environment. */
export interface ReleaseInterval extends Interval {
  environment: string;
  release: number;
  /** The replaced release, and the kind of change; both absent for the first one. */
  before?: number;
  change?: ReleaseChange;
  /** Entity reference. */
  by: string;
}

/** A time in which a deployment had one release, its settings and one state of health. */
export interface DeploymentInterval extends Interval {
  environment: string;
  cluster: string;
  /** Desired release; undefined while the deployment was being removed. */
  release?: number;
  /** Number of the last change of its settings; undefined where nothing was set. */
  settings?: number;
  status: HealthStatus;
  reason: string;
}

/** Cause of a change of settings; never a value. */
export interface SettingsCause {
  name: string;
  /** Entity reference. */
  by: string;
  why?: string;
}

/** A time in which a cluster was out of contact. */
export interface SilenceInterval extends Interval {
  cluster: string;
}

/** Input of a timeline: all intervals that overlap a window. */
export interface TimelineFacts {
  window: { from: Date; to: Date; beginsWithHistory?: boolean };
  /** Instant from which on the intervals are complete. */
  knownSince: Date;
  /** Of one environment, oldest first. */
  releases: readonly ReleaseInterval[];
  /** Of one deployment, oldest first. */
  deployments: readonly DeploymentInterval[];
  silences: readonly SilenceInterval[];
  /** Times without a running portal, oldest first. */
  gaps: readonly UptimeGap[];
  /** In the order of pages. */
  environments: ReadonlyArray<{ name: string; title: string }>;
  /** Titles of the clusters that have one. */
  clusters: ReadonlyMap<string, string>;
  /** Commit message of each release. */
  messages: ReadonlyMap<number, string>;
  /** Changes of settings, by their number. */
  settings: ReadonlyMap<number, SettingsCause>;
}
