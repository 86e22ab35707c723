import type {
  Timeline,
  TimelineBar,
  TimelineLane,
  TimelineMark,
} from '@callboard/plugin-callboard-common';

/*
 * Timelines as the API answers them, of the seven days before now. Only types
 * are imported, so that Node.js runs this file unchanged.
 */

const HOUR = 3_600_000;
const END = Date.now(); // the same in each answer, like the bars of a portal
const WINDOW_HOURS = 7 * 24;
const CAUSES: Record<number, string> = {
  41: 'Show the total with tax',
  42: 'Accept vouchers',
  43: 'Round prices half up',
  44: 'Read rates from the new service',
};

/** RFC 3339, this many hours after the start of the window. */
export function hour(hours: number): string {
  return new Date(END - (WINDOW_HOURS - hours) * HOUR).toISOString();
}

function bar(
  release: number,
  from: number,
  to?: number,
  over: Partial<TimelineBar> = {},
): TimelineBar {
  return {
    release,
    from: hour(from),
    ...(to !== undefined && { to: hour(to) }),
    actor: 'user:default/ana',
    cause: CAUSES[release] ?? `Change ${release}`,
    marks: [],
    ...over,
  };
}

function lane(
  environment: string,
  bars: TimelineBar[],
  over: Partial<TimelineLane> = {},
): TimelineLane {
  const title = { dev: 'Development', staging: 'Staging', prod: 'Production' }[
    environment
  ];
  return {
    name: environment,
    title: title ?? environment,
    environment,
    bars,
    unknown: [],
    ...over,
  };
}

function onCluster(
  cluster: string,
  bars: TimelineBar[],
  over: Partial<TimelineLane> = {},
): TimelineLane {
  return lane('prod', bars, {
    name: `prod/${cluster}`,
    title: `Production on ${cluster}`,
    cluster,
    ...over,
  });
}

/** An incident in production on eu-1. */
export function incident(
  from: number,
  to?: number,
  over: Partial<TimelineMark> = {},
): TimelineMark {
  return {
    environment: 'prod',
    cluster: 'eu-1',
    release: 43,
    status: 'Degraded',
    reason: 'checkout cannot start in Production: it ends with exit code 3',
    from: hour(from),
    ...(to !== undefined && { to: hour(to) }),
    ...over,
  };
}

/** A complete window with these lanes. */
export function timelineOf(
  lanes: TimelineLane[],
  over: Partial<Timeline> = {},
): Timeline {
  return {
    from: hour(0),
    to: hour(WINDOW_HOURS),
    drawnFrom: hour(0),
    lanes,
    gaps: [],
    leftOut: { lanes: 0, bars: 0, marks: 0, settings: 0 },
    ...over,
  };
}

/** A week of checkout: a release that failed and was rolled back, and an incident that lasts. */
export function timeline({ lanes }: { lanes?: string | null } = {}): Timeline {
  const rolledBack = bar(42, 98, undefined, {
    before: 43,
    change: 'rollback',
    actor: 'user:default/bo',
  });
  if (lanes === 'cluster')
    return timelineOf([
      onCluster('ap-1', [bar(42, -20)], {
        unknown: [{ from: hour(120), to: hour(141) }, { from: hour(160) }],
      }),
      onCluster('eu-1', [
        bar(42, -20, 92),
        bar(43, 92, 98, { marks: [incident(93, 98)], before: 42 }),
        rolledBack,
      ]),
      onCluster('us-1', [bar(42, -20)]),
    ]);
  return timelineOf([
    lane('dev', [
      bar(41, -60, 20),
      bar(42, 20, 70, { before: 41 }),
      bar(43, 70, 150, { before: 42 }),
      bar(44, 150, undefined, {
        before: 43,
        marks: [
          incident(151, undefined, {
            environment: 'dev',
            cluster: 'dev-1',
            release: 44,
            reason:
              'checkout cannot start in Development: RATES_URL is not set',
          }),
        ],
      }),
    ]),
    lane('staging', [bar(42, 40, 88), bar(43, 88, undefined, { before: 42 })]),
    lane('prod', [
      bar(41, -60, 60),
      bar(42, 60, 92, { before: 41 }),
      bar(43, 92, 98, { before: 42, marks: [incident(93, 98)] }),
      rolledBack,
    ]),
  ]);
}

/** More than a timeline shows. */
export function crowdedTimeline(): Timeline {
  const lanes = Array.from({ length: 12 }, (_, index) =>
    onCluster(
      `store-${index + 1}`,
      Array.from({ length: 16 }, (_each, step) =>
        bar(
          100 + step,
          step * 10 + index,
          step < 15 ? step * 10 + 10 + index : undefined,
          {
            marks:
              step % 5 === index % 5
                ? [incident(step * 10 + index + 2, step * 10 + index + 5)]
                : [],
          },
        ),
      ),
    ),
  );
  return timelineOf(lanes, {
    drawnFrom: hour(14),
    leftOut: { lanes: 28, bars: 120, marks: 3, settings: 0 },
  });
}

/** A window before the start of history. */
export function timelineBeforeHistory(): Timeline {
  return timelineOf([], { drawnFrom: hour(WINDOW_HOURS) });
}
export { bar, lane };
