import type {
  HealthStatus,
  ReleaseChange,
} from '@callboard/plugin-callboard-common';
import type { UptimeGap } from '../uptime';

/** A half-open interval; without `to` it had not ended when it was read. */
export interface Interval {
  from: Date;
  to?: Date;
}

/** A time in which an environment was to run a release. */
export interface ReleaseInterval extends Interval {
  environment: string;
  release: number;
  /** Release that it took the place of, and what that was; both absent for the first one. */
  before?: number;
  change?: ReleaseChange;
  /** Entity reference. */
  by: string;
}

/** A time in which a deployment had one release, its settings and one state of health. */
export interface DeploymentInterval extends Interval {
  environment: string;
  cluster: string;
  /** Release that was wanted; undefined while it was being removed. */
  release?: number;
  /** Number of the last change of its settings; undefined where nothing was set. */
  settings?: number;
  status: HealthStatus;
  reason: string;
}

/** What a change of settings was about; never a value. */
export interface SettingsCause {
  name: string;
  /** Entity reference. */
  by: string;
  why?: string;
}

/** A time in which a cluster did not answer. */
export interface SilenceInterval extends Interval {
  cluster: string;
}

/** Everything a timeline is drawn from: all intervals that overlap a window. */
export interface TimelineFacts {
  window: { from: Date; to: Date; beginsWithHistory?: boolean };
  /** First instant from which on the intervals are complete. */
  knownSince: Date;
  /** Of one environment, oldest first. */
  releases: readonly ReleaseInterval[];
  /** Of one deployment, oldest first. */
  deployments: readonly DeploymentInterval[];
  silences: readonly SilenceInterval[];
  /** Times in which nothing was recorded, oldest first. */
  gaps: readonly UptimeGap[];
  /** In the order that pages show them. */
  environments: ReadonlyArray<{ name: string; title: string }>;
  /** Titles of the clusters that have one. */
  clusters: ReadonlyMap<string, string>;
  /** Commit message of each release. */
  messages: ReadonlyMap<number, string>;
  /** Changes of settings, by their number. */
  settings: ReadonlyMap<number, SettingsCause>;
}
