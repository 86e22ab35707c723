import type { RecordGapCause } from '@callboard/plugin-callboard-common';

/** A time in which one process of the portal was running and recording. */
export interface PortalRun {
  from: Date;
  /** The last instant recorded for it; never before `from`. */
  until: Date;
  /** Why nothing was recorded right before it, where there is a gap. */
  after?: RecordGapCause;
}

/** A time in which no process of the portal was running and recording. */
export interface UptimeGap {
  from: Date;
  to: Date;
  cause: RecordGapCause;
}
