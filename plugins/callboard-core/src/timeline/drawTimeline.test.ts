import type { ReleaseChange } from '@callboard/plugin-callboard-common';
import fc from 'fast-check';
import { TIMELINE_LIMITS, drawTimeline } from './drawTimeline';
import { joinIntervals, subtractIntervals } from './intervals';
import type { DeploymentInterval, TimelineFacts } from './types';

const T0 = Date.parse('2026-11-20T10:00:00Z');
const at = (minutes: number) => new Date(T0 + minutes * 60_000);
const iso = (minutes: number) => at(minutes).toISOString();

const NOTHING: TimelineFacts = {
  window: { from: at(0), to: at(100) },
  knownSince: at(0),
  releases: [],
  deployments: [],
  silences: [],
  gaps: [],
  environments: [
    { name: 'dev', title: 'Development' },
    { name: 'prod', title: 'Production' },
  ],
  clusters: new Map([['eu-1', 'Frankfurt']]),
  messages: new Map([
    [1, 'Start'],
    [2, 'Fix rounding\n\nIt was off by one.'],
  ]),
  settings: new Map(),
};

function released(
  release: number,
  from: number,
  over: {
    to?: number;
    environment?: string;
    before?: number;
    change?: ReleaseChange;
  } = {},
) {
  const { to, environment = 'prod', before, change = 'newer' } = over;
  return {
    environment,
    release,
    by: `user:default/of-${release}`,
    from: at(from),
    ...(to !== undefined && { to: at(to) }),
    ...(before !== undefined && { before, change }),
  };
}

function runs(
  cluster: string,
  steps: ReadonlyArray<
    [
      from: number,
      status: DeploymentInterval['status'],
      release?: number,
      settings?: number,
    ]
  >,
  end?: number,
): DeploymentInterval[] {
  return steps.map(([from, status, release, settings], index) => {
    const to = steps[index + 1]?.[0] ?? end;
    return {
      environment: 'prod',
      cluster,
      status,
      reason: `${cluster} is ${status}`,
      from: at(from),
      ...(to !== undefined && { to: at(to) }),
      ...(release !== undefined && { release }),
      ...(settings !== undefined && { settings }),
    };
  });
}

describe('drawTimeline', () => {
  it('draws nothing of nothing, from where history began', () => {
    expect(
      drawTimeline({ ...NOTHING, knownSince: at(40) }, 'environment'),
    ).toEqual({
      from: iso(0),
      to: iso(100),
      drawnFrom: iso(40),
      lanes: [],
      gaps: [],
      leftOut: { lanes: 0, bars: 0, marks: 0, settings: 0 },
    });
  });

  it('draws a lane for each environment, in their order, with who released what and why', () => {
    const { lanes } = drawTimeline(
      {
        ...NOTHING,
        releases: [
          released(1, -50, { to: 30 }),
          released(2, 30, { before: 1 }),
          released(2, 10, { environment: 'dev' }),
          released(2, 10, { environment: 'a-former-one' }),
        ],
      },
      'environment',
    );
    expect(lanes.map(({ title }) => title)).toEqual([
      'Development',
      'Production',
      'a-former-one',
    ]);
    expect(lanes[1].bars).toEqual([
      {
        release: 1,
        from: iso(-50),
        to: iso(30),
        actor: 'user:default/of-1',
        cause: 'Start',
        marks: [],
      },
      {
        release: 2,
        before: 1,
        change: 'newer',
        from: iso(30),
        actor: 'user:default/of-2',
        cause: 'Fix rounding',
        marks: [],
      },
    ]);
  });

  it('says what a change was, also on clusters that skipped a release', () => {
    const { lanes } = drawTimeline(
      {
        ...NOTHING,
        releases: [
          released(7, 0, { to: 20 }),
          released(5, 20, { to: 40, before: 7, change: 'older' }),
          released(7, 40, { to: 60, before: 5, change: 'rollback' }),
          released(8, 60, { to: 80, before: 7 }),
          released(7, 80, { before: 8, change: 'rollback' }),
        ],
        deployments: [
          ...runs('all', [
            [0, 'Healthy', 7],
            [20, 'Healthy', 5],
            [40, 'Healthy', 7],
            [60, 'Healthy', 8],
            [80, 'Healthy', 7],
          ]),
          ...runs('late', [
            [20, 'Healthy', 5],
            [90, 'Healthy', 7],
          ]),
        ],
      },
      'cluster',
    );
    expect(
      lanes.map(({ bars }) =>
        bars.map(({ release, before, change }) =>
          [release, before, change].join(' '),
        ),
      ),
    ).toEqual([
      ['7  ', '5 7 older', '7 5 rollback', '8 7 newer', '7 8 rollback'],
      ['5  ', '7 5 newer'],
    ]);
  });

  it('draws a lane for each cluster by what was wanted there', () => {
    const { lanes } = drawTimeline(
      {
        ...NOTHING,
        releases: [released(1, 0, { to: 30 }), released(2, 30, { before: 1 })],
        deployments: [
          ...runs('us-1', [
            [0, 'Healthy', 1],
            [50, 'Progressing', 2],
            [55, 'Healthy', 2],
            [80, 'Missing'],
          ]),
          ...runs('eu-1', [[5, 'Healthy', 1]], 20),
        ],
      },
      'cluster',
    );
    expect(
      lanes.map(({ name, title, cluster, bars }) => [
        name,
        title,
        cluster,
        bars.map(({ release, before, from, to, actor }) =>
          [release, before, from, to, actor].join(' '),
        ),
      ]),
    ).toEqual([
      [
        'prod/eu-1',
        'Production on eu-1 · Frankfurt',
        'eu-1',
        [`1  ${iso(5)} ${iso(20)} user:default/of-1`],
      ],
      [
        'prod/us-1',
        'Production on us-1',
        'us-1',
        [
          `1  ${iso(0)} ${iso(50)} user:default/of-1`,
          `2 1 ${iso(50)} ${iso(80)} user:default/of-2`,
        ],
      ],
    ]);
  });

  it('has on each release the settings that it began with, and each change that came during it', () => {
    const facts: TimelineFacts = {
      ...NOTHING,
      settings: new Map(
        [4, 5, 6].map(version => [
          version,
          {
            name: `SETTING_${version}`,
            by: `user:default/of-${version}`,
            ...(version === 5 && { why: 'asked for' }),
          },
        ]),
      ),
      releases: [
        released(1, 0, { to: 50 }),
        released(2, 50, { before: 1, to: 70 }),
        released(1, 70, { before: 2, change: 'rollback' }),
      ],
      deployments: [
        ...runs('eu-1', [
          [1, 'Healthy', 1, 4],
          [20, 'Healthy', 1, 5],
          [51, 'Healthy', 2, 5],
          [60, 'Healthy', 2, 4],
          [71, 'Healthy', 1, 6],
        ]),
        ...runs('us-1', [
          [2, 'Healthy', 1, 4],
          [51, 'Healthy', 2, 5],
          [72, 'Healthy', 1, 6],
        ]),
      ],
    };
    const drawn = (by: 'environment' | 'cluster') =>
      drawTimeline(facts, by).lanes.map(
        ({ name, bars }) =>
          `${name}: ${bars
            .map(
              ({ release, settings = [] }) =>
                `${release} with ${settings
                  .map(
                    ({ version, from }) =>
                      `${version} at ${(Date.parse(from) - T0) / 60_000}`,
                  )
                  .join(', ')}`,
            )
            .join('; ')}`,
      );
    expect(drawn('environment')).toEqual([
      'prod: 1 with 4 at 1, 5 at 20; 2 with 5 at 50; 1 with 5 at 70, 6 at 71',
    ]);
    expect(drawn('cluster')).toEqual([
      'prod/eu-1: 1 with 4 at 1, 5 at 20; 2 with 5 at 51, 4 at 60; 1 with 6 at 71',
      'prod/us-1: 1 with 4 at 2; 2 with 5 at 51; 1 with 6 at 72',
    ]);
    const [{ bars }] = drawTimeline(facts, 'environment', {
      ...TIMELINE_LIMITS,
      settings: 2,
    }).lanes;
    expect(bars.map(({ settings }) => settings)).toEqual([
      [],
      [],
      [
        {
          from: iso(70),
          version: 5,
          name: 'SETTING_5',
          actor: 'user:default/of-5',
          why: 'asked for',
        },
        {
          from: iso(71),
          version: 6,
          name: 'SETTING_6',
          actor: 'user:default/of-6',
        },
      ],
    ]);
  });

  it.each([
    {
      situation: 'begins with Degraded and ends with Healthy',
      steps: [
        [0, 'Healthy', 1],
        [10, 'Degraded', 1],
        [20, 'Healthy', 1],
      ],
      marks: ['10-20 Degraded'],
    },
    {
      situation: 'lasts while it starts again and fails again',
      steps: [
        [10, 'Degraded', 1],
        [12, 'Progressing', 1],
        [14, 'Degraded', 1],
        [15, 'Unknown', 1],
      ],
      marks: ['10- Degraded'],
    },
    {
      situation: 'ends when another release takes its place',
      steps: [
        [10, 'Degraded', 1],
        [20, 'Progressing', 2],
        [30, 'Degraded', 2],
      ],
      marks: ['10-20 Degraded', '30- Degraded'],
    },
    {
      situation: 'is none while a release has not started yet',
      steps: [
        [0, 'Missing', 1],
        [1, 'Progressing', 1],
        [9, 'Healthy', 1],
      ],
      marks: [],
    },
    {
      situation: 'is one when what was healthy is gone',
      steps: [
        [0, 'Healthy', 1],
        [9, 'Missing', 1],
      ],
      marks: ['9- Missing'],
    },
    {
      situation: 'is none while it is being removed',
      steps: [
        [0, 'Healthy', 1],
        [9, 'Degraded'],
      ],
      marks: [],
    },
  ] satisfies Array<{
    situation: string;
    steps: Array<[number, DeploymentInterval['status'], number?]>;
    marks: string[];
  }>)('an incident $situation', ({ steps, marks }) => {
    const { lanes } = drawTimeline(
      {
        ...NOTHING,
        releases: [released(1, 0)],
        deployments: runs('eu-1', steps),
      },
      'environment',
    );
    const minutes = (instant?: string) =>
      instant === undefined ? '' : (Date.parse(instant) - T0) / 60_000;
    expect(
      lanes[0].bars[0].marks.map(
        ({ from, to, status }) => `${minutes(from)}-${minutes(to)} ${status}`,
      ),
    ).toEqual(marks);
  });

  it('puts an incident on the bar it began in, with where and what it was', () => {
    const { lanes } = drawTimeline(
      {
        ...NOTHING,
        releases: [released(1, 0, { to: 30 }), released(2, 30, { before: 1 })],
        deployments: runs('eu-1', [
          [0, 'Healthy', 1],
          [40, 'Degraded', 1],
        ]),
      },
      'environment',
    );
    expect(lanes[0].bars.map(({ marks }) => marks)).toEqual([
      [],
      [
        {
          environment: 'prod',
          cluster: 'eu-1',
          release: 1,
          status: 'Degraded',
          reason: 'eu-1 is Degraded',
          from: iso(40),
        },
      ],
    ]);
  });

  it('draws times without a record once, as far as they are in the window, and blames no cluster for them', () => {
    const { gaps, lanes } = drawTimeline(
      {
        ...NOTHING,
        releases: [released(1, 0)],
        deployments: runs('eu-1', [[0, 'Healthy', 1]]),
        silences: [{ cluster: 'eu-1', from: at(35), to: at(62) }],
        gaps: [
          { from: at(-50), to: at(-20), cause: 'stopped' },
          { from: at(-5), to: at(10), cause: 'stopped' },
          { from: at(40), to: at(60), cause: 'paused' },
        ],
      },
      'environment',
    );
    expect(gaps).toEqual([
      { from: iso(0), to: iso(10), cause: 'stopped' },
      { from: iso(40), to: iso(60), cause: 'paused' },
    ]);
    expect(lanes[0].unknown).toEqual([
      { from: iso(35), to: iso(40) },
      { from: iso(60), to: iso(62) },
    ]);
  });

  it('knows nothing of an environment only while all of its clusters are silent', () => {
    const facts: TimelineFacts = {
      ...NOTHING,
      releases: [released(1, 0)],
      deployments: [
        ...runs('eu-1', [[0, 'Healthy', 1]]),
        ...runs('us-1', [[50, 'Healthy', 1]]),
      ],
      silences: [
        { cluster: 'eu-1', from: at(-5), to: at(10) },
        { cluster: 'eu-1', from: at(40) },
        { cluster: 'us-1', from: at(60), to: at(70) },
        { cluster: 'ap-1', from: at(0) },
      ],
    };
    const unknown = (by: 'environment' | 'cluster') =>
      drawTimeline(facts, by).lanes.map(lane => lane.unknown);
    expect(unknown('environment')).toEqual([
      [
        { from: iso(0), to: iso(10) },
        { from: iso(40), to: iso(50) },
        { from: iso(60), to: iso(70) },
      ],
    ]);
    expect(unknown('cluster')).toEqual([
      [{ from: iso(0), to: iso(10) }, { from: iso(40) }],
      [{ from: iso(60), to: iso(70) }],
    ]);
  });

  it('keeps lanes with incidents, then those that run something, and says how many are left out', () => {
    const clusters = Array.from(
      { length: 20 },
      (_, index) => `c-${10 + index}`,
    );
    const { lanes, leftOut } = drawTimeline(
      {
        ...NOTHING,
        deployments: clusters.flatMap((cluster, index) => {
          if (index === 19) return runs(cluster, [[10, 'Degraded', 1]]);
          return runs(
            cluster,
            [[10, 'Healthy', 1]],
            index < 9 ? 20 : undefined,
          );
        }),
      },
      'cluster',
    );
    expect(lanes.map(({ cluster }) => cluster)).toEqual([
      'c-10',
      ...clusters.slice(9),
    ]);
    expect(leftOut).toEqual({ lanes: 8, bars: 0, marks: 0, settings: 0 });
  });

  it('keeps the newest bars and marks', () => {
    const { lanes, leftOut } = drawTimeline(
      {
        ...NOTHING,
        releases: [
          released(1, 0, { to: 10 }),
          released(2, 10, { to: 20 }),
          released(3, 20),
        ],
        deployments: runs('eu-1', [
          [11, 'Degraded', 2],
          [12, 'Healthy', 2],
          [21, 'Degraded', 3],
          [22, 'Healthy', 3],
          [23, 'Degraded', 3],
        ]),
      },
      'environment',
      { lanes: 1, bars: 2, marks: 2, settings: 2 },
    );
    expect(
      lanes[0].bars.map(({ release, marks }) => [release, marks.length]),
    ).toEqual([
      [2, 0],
      [3, 2],
    ]);
    expect(leftOut).toEqual({ lanes: 0, bars: 1, marks: 1, settings: 0 });
  });

  it('never draws more than its limits, and accounts for the rest', () => {
    const step = fc.tuple(
      fc.integer({ min: 0, max: 99 }),
      fc.constantFrom<DeploymentInterval['status']>('Healthy', 'Degraded'),
      fc.integer({ min: 1, max: 9 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(step, { minLength: 1, maxLength: 30 }), {
          maxLength: 20,
        }),
        clusters => {
          const deployments = clusters.flatMap((steps, index) => {
            const ordered = [
              ...new Map(steps.map(each => [each[0], each])).values(),
            ];
            return runs(
              `c-${index}`,
              ordered.sort((a, b) => a[0] - b[0]),
            );
          });
          const facts = { ...NOTHING, deployments };
          const { lanes, leftOut } = drawTimeline(facts, 'cluster');
          const bars = lanes.flatMap(lane => lane.bars);
          const marks = bars.flatMap(bar => bar.marks);
          expect(lanes.length).toBeLessThanOrEqual(TIMELINE_LIMITS.lanes);
          expect(bars.length).toBeLessThanOrEqual(TIMELINE_LIMITS.bars);
          expect(marks.length).toBeLessThanOrEqual(TIMELINE_LIMITS.marks);
          expect(lanes.length + leftOut.lanes).toBe(clusters.length);
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('intervals', () => {
  const interval = fc
    .tuple(
      fc.integer({ min: 0, max: 30 }),
      fc.option(fc.integer({ min: 1, max: 10 }), { nil: undefined }),
    )
    .map(([from, length]) => ({
      from: at(from),
      ...(length !== undefined && { to: at(from + length) }),
    }));
  const contains = (
    intervals: ReadonlyArray<{ from: Date; to?: Date }>,
    instant: Date,
  ) =>
    intervals.some(({ from, to }) => from <= instant && (!to || instant < to));

  it('hold exactly the time that is in the first and not in the others', () => {
    fc.assert(
      fc.property(
        fc.array(interval, { maxLength: 8 }),
        fc.array(interval, { maxLength: 8 }),
        (first, others) => {
          const left = subtractIntervals(first, others);
          for (let minute = -1; minute < 45; minute += 1) {
            const instant = at(minute);
            expect(contains(left, instant)).toBe(
              contains(first, instant) && !contains(others, instant),
            );
          }
          expect(joinIntervals(left)).toEqual(left);
        },
      ),
    );
  });
});
