import type {
  RecordGap,
  Timeline,
  TimelineBar,
  TimelineLane,
  TimelineLanes,
  TimelineSpan,
} from '@callboard/plugin-callboard-common';
import { drawLanes } from './drawLanes';
import type { TimelineFacts } from './types';

/** Limits of one timeline. */
export interface TimelineLimits {
  lanes: number;
  bars: number;
  marks: number;
  settings: number;
}

export const TIMELINE_LIMITS: TimelineLimits = {
  lanes: 12,
  bars: 200,
  marks: 200,
  settings: 200,
};

/**
 * Draws releases and incidents of a window as lanes of bars and marks. Pure.
 *
 * Lanes with incidents and lanes with a current release come first when the
 * limit cuts lanes; of bars, marks and settings the newest are kept.
 */
export function drawTimeline(
  facts: TimelineFacts,
  by: TimelineLanes,
  limits: TimelineLimits = TIMELINE_LIMITS,
): Timeline {
  const { window, knownSince } = facts;
  const all = drawLanes(facts, by);
  const lanes = keepLanes(all, limits.lanes);
  const bars = keepNewest(
    lanes.flatMap(lane => lane.bars),
    limits.bars,
  );
  const marks = keepNewest(
    [...bars.kept].flatMap(bar => bar.marks),
    limits.marks,
  );
  const settings = keepNewest(
    [...bars.kept].flatMap(bar => bar.settings ?? []),
    limits.settings,
  );
  const drawnFrom = knownSince > window.from ? knownSince : window.from;
  return {
    from: window.from.toISOString(),
    to: window.to.toISOString(),
    drawnFrom: drawnFrom.toISOString(),
    ...(window.beginsWithHistory && { beginsWithHistory: true }),
    lanes: lanes.map(lane => ({
      ...lane,
      bars: lane.bars
        .filter(bar => bars.kept.has(bar))
        .map(bar => ({
          ...bar,
          marks: bar.marks.filter(mark => marks.kept.has(mark)),
          ...(bar.settings && {
            settings: bar.settings.filter(each => settings.kept.has(each)),
          }),
        })),
    })),
    gaps: gapsIn(facts),
    leftOut: {
      lanes: all.length - lanes.length,
      bars: bars.leftOut,
      marks: marks.leftOut,
      settings: settings.leftOut,
    },
  };
}

/** Gaps, cut to the window. */
function gapsIn({ gaps, window }: TimelineFacts): RecordGap[] {
  return gaps
    .filter(({ from, to }) => from < window.to && to > window.from)
    .map(({ from, to, cause }) => ({
      from: (from > window.from ? from : window.from).toISOString(),
      to: (to < window.to ? to : window.to).toISOString(),
      cause,
    }));
}

function keepLanes(
  lanes: readonly TimelineLane[],
  most: number,
): TimelineLane[] {
  const ranked = lanes
    .map((lane, index) => ({ lane, index, rank: rankOf(lane) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, most);
  return ranked.sort((a, b) => a.index - b.index).map(({ lane }) => lane);
}

/** Lower ranks come first. */
function rankOf({ bars }: TimelineLane): number {
  if (bars.some(({ marks }) => marks.length > 0)) return 0;
  return bars.some(isOpen) ? 1 : 2;
}

function isOpen({ to }: TimelineBar): boolean {
  return to === undefined;
}

function keepNewest<T extends TimelineSpan>(
  spans: readonly T[],
  most: number,
): { kept: Set<T>; leftOut: number } {
  const kept = [...spans]
    .sort((a, b) => Date.parse(b.from) - Date.parse(a.from))
    .slice(0, most);
  return { kept: new Set(kept), leftOut: spans.length - kept.length };
}
