import {
  type PortalRun,
  type RunFacts,
  describeGap,
  describePastInGap,
  findGapAt,
  findGaps,
  stepRun,
} from '.';

const at = (time: string) => new Date(`2026-11-20T${time}Z`);
const run = (
  from: string,
  until: string,
  after?: PortalRun['after'],
): PortalRun => ({ from: at(from), until: at(until), ...(after && { after }) });

describe('stepRun', () => {
  const NOW = at('21:40:00');
  const own = (until: string) => ({ own: run('20:00:00', until) });

  it.each<{ name: string; given: RunFacts; expected: string }>([
    { name: 'the first start ever', given: {}, expected: 'begin' },
    {
      name: 'a start after 37 min',
      given: { lastUntil: at('21:03:00'), newestUntil: at('21:03:00') },
      expected: 'begin after stopped 21:03:00-21:40:00',
    },
    {
      name: 'a start after a pause that nobody misses',
      given: { lastUntil: at('21:39:30'), newestUntil: at('21:39:30') },
      expected: 'begin',
    },
    {
      name: 'a start beside a process that runs, after one that ended long ago',
      given: { lastUntil: at('21:39:55'), newestUntil: at('20:00:00') },
      expected: 'begin',
    },
    {
      name: 'a start with a clock that was moved back',
      given: { lastUntil: at('21:20:00'), newestUntil: at('22:40:00') },
      expected: 'begin-earlier 3600000',
    },
    {
      name: 'a start after a clock had been in the future and was corrected',
      given: { lastUntil: at('21:03:00'), newestUntil: at('21:03:00') },
      expected: 'begin after stopped 21:03:00-21:40:00',
    },
    {
      name: 'ten seconds later',
      given: { ...own('21:39:50'), triedAt: at('21:39:50') },
      expected: 'extend',
    },
    {
      name: 'a clock that stands a little before',
      given: { ...own('21:40:20'), triedAt: at('21:40:20') },
      expected: 'wait',
    },
    {
      name: 'a clock that was moved back while it runs',
      given: { ...own('21:41:00'), triedAt: at('21:41:00') },
      expected: 'begin-earlier 60000',
    },
    {
      name: 'a process that stood still',
      given: {
        ...own('21:03:00'),
        triedAt: at('21:03:00'),
        lastUntil: at('21:03:00'),
      },
      expected: 'begin after paused 21:03:00-21:40:00',
    },
    {
      name: 'a database that did not answer',
      given: {
        ...own('21:03:00'),
        triedAt: at('21:39:50'),
        lastUntil: at('21:03:00'),
      },
      expected: 'begin after no-database 21:03:00-21:40:00',
    },
    {
      name: 'a process that stood still while another ran',
      given: {
        ...own('21:03:00'),
        triedAt: at('21:03:00'),
        lastUntil: at('21:39:58'),
      },
      expected: 'extend',
    },
    {
      name: 'a process that stood still, and another that ran for a part of it',
      given: {
        ...own('21:03:00'),
        triedAt: at('21:03:00'),
        lastUntil: at('21:30:00'),
      },
      expected: 'begin after paused 21:30:00-21:40:00',
    },
  ])('$name: $expected', ({ given, expected }) => {
    const step = stepRun(given, NOW);
    const time = (instant: Date) => instant.toISOString().slice(11, 19);
    const words = {
      extend: '',
      wait: '',
      'begin-earlier': step.kind === 'begin-earlier' ? ` ${step.aheadMs}` : '',
      begin:
        step.kind === 'begin' && step.gap
          ? ` after ${step.gap.cause} ${time(step.gap.from)}-${time(
              step.gap.to,
            )}`
          : '',
    };
    expect(`${step.kind}${words[step.kind]}`).toBe(expected);
  });
});

describe('findGaps', () => {
  it.each<{ name: string; given: PortalRun[]; expected: string[] }>([
    { name: 'no run is known', given: [], expected: [] },
    { name: 'one runs', given: [run('20:00:00', '21:00:00')], expected: [] },
    {
      name: 'between two, with why',
      given: [
        run('21:40:00', '21:50:00', 'paused'),
        run('20:00:00', '21:03:00'),
      ],
      expected: ['21:03:00-21:40:00 paused'],
    },
    {
      name: 'a short restart is none',
      given: [run('20:00:00', '21:03:00'), run('21:03:30', '21:50:00')],
      expected: [],
    },
    {
      name: 'another process was running meanwhile',
      given: [
        run('20:00:00', '21:45:00'),
        run('20:30:00', '21:00:00'),
        run('21:30:00', '21:50:00'),
      ],
      expected: [],
    },
    {
      name: 'a run inside of a gap divides it',
      given: [
        run('20:00:00', '20:10:00'),
        run('20:50:00', '21:00:00', 'stopped'),
        run('20:20:00', '20:30:00'),
      ],
      expected: ['20:10:00-20:20:00 stopped', '20:30:00-20:50:00 stopped'],
    },
    {
      name: 'a run of a clock in the future says nothing of now',
      given: [run('20:00:00', '21:03:00'), run('23:00:00', '23:10:00')],
      expected: [],
    },
  ])('$name', ({ given, expected }) => {
    const time = (instant: Date) => instant.toISOString().slice(11, 19);
    expect(
      findGaps(given, at('22:00:00')).map(
        ({ from, to, cause }) => `${time(from)}-${time(to)} ${cause}`,
      ),
    ).toEqual(expected);
  });

  it.each([
    { instant: '21:03:00', expected: undefined },
    { instant: '21:03:01', expected: 'stopped' },
    { instant: '21:39:59', expected: 'stopped' },
    { instant: '21:40:00', expected: undefined },
  ])('at $instant: $expected', ({ instant, expected }) => {
    const gap = {
      from: at('21:03:00'),
      to: at('21:40:00'),
      cause: 'stopped' as const,
    };
    expect(findGapAt([gap], at(instant))?.cause).toBe(expected);
  });
});

describe('words of a gap', () => {
  const from = at('21:03:10');
  it.each([
    {
      given: { from, to: at('21:40:00'), cause: 'stopped' as const },
      expected: 'No portal was running from 21:03 to 21:40 UTC (37 min)',
    },
    {
      given: {
        from,
        to: new Date('2026-11-21T07:12:00Z'),
        cause: 'paused' as const,
      },
      expected:
        'Nothing was recorded from 2026-11-20 21:03 to 2026-11-21 07:12 UTC (10 h 9 min): the portal stood still, or its clock was moved forward',
    },
    {
      given: { from, to: at('21:03:50'), cause: 'no-database' as const },
      expected:
        'Nothing was recorded from 21:03 to 21:03 UTC (40 s): the database did not answer',
    },
  ])('$expected', ({ given, expected }) => {
    expect(describeGap(given)).toBe(expected);
  });

  it('say what is shown instead', () => {
    expect(
      describePastInGap({ from, to: at('21:40:00'), cause: 'stopped' }),
    ).toBe(
      'No portal was running from 21:03 to 21:40 UTC (37 min); what is shown is the last known state.',
    );
  });
});
