import type { CronJob, Job, Pod } from '../../kinds';
import { cronJob, TestCluster } from '../../__testUtils__';
import { FakeClock } from '../../clock';

const MINUTE_MS = 60_000;

/** What a cluster makes of a schedule, on a clock that stands still until told. */
describe('cron jobs', () => {
  let test: TestCluster;

  beforeEach(async () => {
    test = await TestCluster.create(
      {},
      { clock: new FakeClock(new Date('2026-11-22T10:00:30Z')) },
    );
  });
  afterEach(() => test.close());

  const statusOf = (name: string) => test.one<CronJob>('CronJob', name).status;
  const namesOfJobs = () =>
    test.all<Job>('Job').map(({ metadata }) => metadata.name);
  /** As the controller names a job: by the minute that it was due. */
  const jobAt = (name: string, at: string) =>
    `${name}-${Date.parse(at) / MINUTE_MS}`;

  it('run by the clock, and say when the last run began and ended well', async () => {
    await test.apply(cronJob('report', { schedule: '*/2 * * * *' }));
    await test.passes(29_000);
    expect(namesOfJobs()).toEqual([]);
    expect(statusOf('report')).toEqual({});

    await test.passes(MINUTE_MS);
    expect(statusOf('report')).toEqual({});
    await test.passes(MINUTE_MS + 5_000);
    const [job] = test.all<Job>('Job');
    expect(job.metadata).toMatchObject({
      name: jobAt('report', '2026-11-22T10:02:00Z'),
      labels: { part: 'report' },
      annotations: {
        'batch.kubernetes.io/cronjob-scheduled-timestamp':
          '2026-11-22T10:02:00Z',
      },
      ownerReferences: [{ kind: 'CronJob', name: 'report', controller: true }],
    });
    expect(statusOf('report')).toEqual({
      lastScheduleTime: '2026-11-22T10:02:00Z',
      lastSuccessfulTime: job.status?.completionTime,
    });
    expect(test.eventsOf('report')).toEqual(
      expect.arrayContaining([
        `SuccessfulCreate: Created job ${job.metadata.name}`,
        `SawCompletedJob: Saw completed job: ${job.metadata.name}, condition: Complete`,
      ]),
    );
  });

  it('keep the hour of their time zone', async () => {
    await test.apply(
      cronJob('report', { schedule: '30 11 * * *', timeZone: 'Europe/Berlin' }),
    );
    await test.passes(31 * MINUTE_MS);
    expect(statusOf('report')?.lastScheduleTime).toBe('2026-11-22T10:30:00Z');
    expect(test.all<Job>('Job')[0].metadata.annotations).toEqual({
      'batch.kubernetes.io/cronjob-scheduled-timestamp':
        '2026-11-22T11:30:00+01:00',
    });
  });

  it('rest while they are suspended, and then start only what was due last', async () => {
    await test.apply(cronJob('report', { suspend: true }));
    await test.passes(3 * MINUTE_MS);
    expect(namesOfJobs()).toEqual([]);
    await test.apply(cronJob('report', { suspend: false }));
    await test.turns();
    expect(namesOfJobs()).toEqual([jobAt('report', '2026-11-22T10:03:00Z')]);
  });

  it('leave out what is too late by their deadline', async () => {
    await test.apply(
      cronJob('report', {
        schedule: '1 * * * *',
        suspend: true,
        startingDeadlineSeconds: 60,
      }),
    );
    await test.passes(5 * MINUTE_MS);
    await test.apply(
      cronJob('report', {
        schedule: '1 * * * *',
        suspend: false,
        startingDeadlineSeconds: 60,
      }),
    );
    await test.passes(MINUTE_MS);
    expect(namesOfJobs()).toEqual([]);
    expect(statusOf('report')).toEqual({});
  });

  it.each([
    { policy: 'Allow', running: ['10:01', '10:02'], active: 2 },
    { policy: 'Forbid', running: ['10:01'], active: 1 },
    { policy: 'Replace', running: ['10:02'], active: 1 },
  ])(
    'that take longer than a minute, with $policy: $active at a time',
    async ({ policy, running, active }) => {
      await test.apply(
        cronJob('report', { concurrencyPolicy: policy }, 'task:oom'),
      );
      await test.passes(MINUTE_MS * 1.75);
      const live = test
        .all<Job>('Job')
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
      expect(live.map(({ metadata }) => metadata.name)).toEqual(
        running.map(at => jobAt('report', `2026-11-22T${at}:00Z`)),
      );
      expect(statusOf('report')?.active).toHaveLength(active);
    },
  );

  it('keep as many that ended as they are told to', async () => {
    await test.apply(cronJob('report', { successfulJobsHistoryLimit: 1 }));
    await test.apply(
      cronJob('broken', { failedJobsHistoryLimit: 0 }, 'task:crash', {
        backoffLimit: 0,
      }),
    );
    await test.passes(3 * MINUTE_MS + 10_000);
    expect(namesOfJobs()).toEqual([jobAt('report', '2026-11-22T10:03:00Z')]);
    expect(test.all<Pod>('Pod')).toHaveLength(1);
    expect(statusOf('broken')).toEqual({
      lastScheduleTime: '2026-11-22T10:03:00Z',
    });
  });

  it('take their jobs and pods with them', async () => {
    await test.apply(cronJob('report'));
    await test.passes(MINUTE_MS);
    expect(test.all('Pod')).toHaveLength(1);
    await test.send(
      'DELETE',
      '/apis/batch/v1/namespaces/default/cronjobs/report?propagationPolicy=Background',
    );
    await test.passes(5_000);
    expect([...test.all('Job'), ...test.all('Pod')]).toEqual([]);
  });

  it('say what they cannot read', async () => {
    await test.apply(cronJob('words', { schedule: 'every day' }));
    await test.apply(cronJob('zones', { timeZone: 'Mars/Olympus' }));
    await test.passes(MINUTE_MS);
    expect(namesOfJobs()).toEqual([]);
    expect(test.eventsOf('words')).toEqual([
      'UnparseableSchedule: unparseable schedule: "every day"',
    ]);
    expect(test.eventsOf('zones')).toEqual([
      'UnknownTimeZone: invalid timeZone: "Mars/Olympus"',
    ]);
  });

  it('that slept for years start what was due last at once', async () => {
    await test.apply(cronJob('report'));
    await test.turns();
    test.cluster.setPower(false);
    await test.clock.advance(3 * 365 * 24 * 60 * MINUTE_MS);
    test.cluster.setPower(true);
    await test.turns();
    expect(namesOfJobs()).toEqual([jobAt('report', '2029-11-21T10:00:00Z')]);
  });

  it('are listed with the runs that are under way', async () => {
    await test.apply(cronJob('report', {}, 'task:oom'));
    await test.passes(MINUTE_MS);
    const answer = await fetch(
      `${test.fleet.urlOf('eu-1')}/apis/batch/v1/namespaces/default/cronjobs`,
      {
        headers: {
          Authorization: 'Bearer secret',
          Accept: 'application/json;as=Table;v=v1;g=meta.k8s.io',
        },
      },
    );
    const { rows } = (await answer.json()) as {
      rows: Array<{ cells: unknown[] }>;
    };
    expect(rows[0].cells).toEqual([
      'report',
      '* * * * *',
      '<none>',
      'False',
      1,
      '30s',
      '60s',
    ]);
  });
});
