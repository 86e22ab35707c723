import type { RecordGap } from './history';
import type { ReleaseChange } from './types';

/** What the lanes of a timeline are. */
export type TimelineLanes = 'environment' | 'cluster';

/** A span of time, half-open; without `to` it lasts at the end of the window. Instants are RFC 3339. */
export interface TimelineSpan {
  from: string;
  to?: string;
}

/** A time in which one cluster reported an app unhealthy. */
export interface TimelineMark extends TimelineSpan {
  environment: string;
  cluster: string;
  /** That was wanted there: during a rollout another one than the bar's. */
  release: number;
  status: 'Degraded' | 'Missing';
  /** What was found, in a sentence. */
  reason: string;
}

/** A time in which a lane had one release. */
export interface TimelineBar extends TimelineSpan {
  release: number;
  /** Release that it took the place of, and what that was; both absent for the first one. */
  before?: number;
  change?: ReleaseChange;
  /** Entity reference of who released it there. */
  actor: string;
  /** First line of the release's commit message. */
  cause: string;
  /** Incidents that began during the bar, oldest first. */
  marks: TimelineMark[];
}

/** An environment, or an environment on one cluster. */
export interface TimelineLane {
  /** `prod`, or `prod/eu-1`. */
  name: string;
  title: string;
  environment: string;
  cluster?: string;
  /** Oldest first. */
  bars: TimelineBar[];
  /** Times in which none of its clusters answered; without those that nothing was recorded in. */
  unknown: TimelineSpan[];
}

/** Releases and incidents of an app in a window of time. */
export interface Timeline {
  from: string;
  /** End of the window, at most the instant that was asked for. */
  to: string;
  /** First instant that is drawn: later than `from` where history began later, or where too much happened. */
  drawnFrom: string;
  /** The window begins where history does: a shorter one than usual. */
  beginsWithHistory?: true;
  lanes: TimelineLane[];
  /** Times of the window in which nothing was recorded of any lane, oldest first. */
  gaps: RecordGap[];
  /** How many of each there are beyond the limits. */
  leftOut: { lanes: number; bars: number; marks: number };
}
