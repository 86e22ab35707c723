import {
  type PushLine,
  type PushReport,
  type PushWait,
  describeApp,
  explainEnvironment,
  pushLines,
  waitLine,
} from '@callboard/plugin-callboard-core';
import type { Intervals } from '../../Intervals';
import type { PushReading } from './readPush';

/** What was reported to a pusher so far. */
export interface PushProgress {
  beganAt: Date;
  /** Time of the last report. */
  spokeAt: Date;
  /** Number of lines of the report that were sent. */
  reported: number;
}

/** Report after one reading. */
export interface PushTurn {
  lines: PushLine[];
  progress: PushProgress;
  /** There is nothing left to wait for. */
  isOver: boolean;
}

type PushIntervals = Pick<
  Intervals,
  'pushQuietMs' | 'pushTroubleMs' | 'pushPatienceMs'
>;

/** The progress before the first report. */
export function beginPush(now: Date): PushProgress {
  return { beganAt: now, spokeAt: now, reported: 0 };
}

/** Whether the app must be read for this report: to state what the push waits for, or what is wrong. */
export function isAppNeeded(
  { beganAt, spokeAt }: PushProgress,
  { now, intervals }: { now: Date; intervals: PushIntervals },
): boolean {
  return (
    msBetween(beganAt, now) >= intervals.pushTroubleMs ||
    msBetween(spokeAt, now) >= intervals.pushQuietMs
  );
}

/**
 * Turns a reading into the report for the pusher. Pure. In order of precedence:
 * how the push ended; the end of the wait, earlier where a problem is certain;
 * news; after a while without news, what the push waits for. The last line of a
 * finished push is the address of the app's page.
 */
export function describePush(
  reading: PushReading,
  progress: PushProgress,
  { now, intervals }: { now: Date; intervals: PushIntervals },
): PushTurn {
  const { beganAt, spokeAt, reported } = progress;
  const waitedMs = msBetween(beganAt, now);
  const report = isEnded(reading.report)
    ? reading.report
    : letGo(reading, { waitedMs, now, intervals });
  const all = pushLines(report);
  const news = all.slice(reported);
  if (isEnded(report)) return { lines: news, progress, isOver: true };
  if (news.length > 0)
    return {
      lines: news,
      progress: { beganAt, spokeAt: now, reported: all.length },
      isOver: false,
    };
  if (msBetween(spokeAt, now) < intervals.pushQuietMs)
    return { lines: [], progress, isOver: false };
  return {
    lines: [waitLine(explainWait(reading, now), waitedMs / 1_000)],
    progress: { ...progress, spokeAt: now },
    isOver: false,
  };
}

function isEnded({ outcome, build }: PushReport): boolean {
  return outcome !== undefined || build?.problem !== undefined;
}

/** Ends the wait where it takes too long. */
function letGo(
  { report, app, environment }: PushReading,
  {
    waitedMs,
    now,
    intervals,
  }: { waitedMs: number; now: Date; intervals: PushIntervals },
): PushReport {
  const finding = environment?.findings[0];
  const isKnown = finding?.confidence === 'certain';
  const patienceMs = isKnown
    ? intervals.pushTroubleMs
    : intervals.pushPatienceMs;
  if (waitedMs < patienceMs) return report;
  return {
    ...report,
    outcome: {
      kind: 'still-going',
      seconds: waitedMs / 1_000,
      says: app ? describeApp(app, now) : '',
      ...(finding && { finding }),
    },
  };
}

/** Describes what has to happen next. */
function explainWait(
  { report, environment }: PushReading,
  now: Date,
): PushWait {
  if (report.waitsFor !== undefined) return { says: report.waitsFor };
  return (
    (environment && explainEnvironment(environment, now)) ?? {
      says: 'its clusters have not answered yet',
    }
  );
}

function msBetween(from: Date, to: Date): number {
  return to.getTime() - from.getTime();
}
