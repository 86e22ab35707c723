import { eventually } from '@callboard/testing';
import { TestFleet } from '../__testUtils__/TestFleet';

jest.setTimeout(90_000);

const YEAR = new Date().getUTCFullYear();
const LAST_RUN = `${YEAR}-01-01T00:00:00.000Z`;
const NEXT_RUN = `${YEAR + 1}-01-01T00:00:00.000Z`;

/** A report that simulated nodes play by its words; once a year, so that no minute of a test is one of its own. */
function files(words: string) {
  return {
    'report.score.yaml': `
apiVersion: score.dev/v1b1
metadata: { name: report }
containers:
  main: { image: 'registry.example/trial:1', args: [${words}] }
`,
    'app.yaml': `
apiVersion: callboard.dev/v1alpha1
kind: App
metadata: { name: books }
spec:
  workloads: [report.score.yaml]
  deploy:
    report: { kind: CronJob, schedule: '@yearly', timeZone: UTC, retries: 0 }
`,
  };
}

describe('what runs by the clock', () => {
  let fleet: TestFleet;
  afterEach(() => fleet?.close());

  async function start(words: string): Promise<void> {
    fleet = await TestFleet.create({ clusters: ['dev-1'] });
    await fleet.push('books', { does: 'serve' }, files(words));
    await fleet.turns('books', 'dev', 'Healthy');
  }

  /** As if the cluster had been without its controllers since two years ago: it starts what is due. */
  async function letItRun(): Promise<void> {
    const answer = await fetch(
      `${fleet.sims.urlOf(
        'dev-1',
      )}/apis/batch/v1/namespaces/books--dev/cronjobs/report/status`,
      {
        method: 'PATCH',
        headers: {
          Authorization: 'Bearer token-of-dev-1',
          'Content-Type': 'application/merge-patch+json',
        },
        body: JSON.stringify({
          status: { lastScheduleTime: `${YEAR - 2}-06-01T00:00:00Z` },
        }),
      },
    );
    expect(answer.status).toBe(200);
  }

  async function runsOf(at?: Date) {
    const { clusters } = await fleet.environment('books', 'dev', at);
    return clusters.flatMap(({ runs }) => runs ?? []);
  }

  const report = (last: object | null, next = NEXT_RUN) => [
    {
      workload: 'report',
      schedule: '@yearly',
      timeZone: 'UTC',
      last,
      next,
    },
  ];

  it('says its last run and the next one, now and as they were', async () => {
    await start('done, "0"');
    const { clusters } = await fleet.environment('books', 'dev');
    expect(clusters).toMatchObject([
      { instances: { ready: 0, wanted: 0 }, urls: [] },
    ]);
    expect(await runsOf()).toEqual(report(null));
    const before = new Date();

    await letItRun();
    await eventually(async () =>
      expect(await runsOf()).toEqual(
        report({ at: LAST_RUN, ended: 'succeeded' }),
      ),
    );
    await fleet.turns('books', 'dev', 'Healthy');
    expect(fleet.objects('dev-1', 'Job')).toHaveLength(1);

    expect(await runsOf(before)).toEqual(report(null));
    await fleet.restartControlPlane();
    expect(await runsOf()).toEqual(
      report({ at: LAST_RUN, ended: 'succeeded' }),
    );
  });

  it('is Degraded by a run that failed, the first one too', async () => {
    await start('crash, "3"');
    await letItRun();
    await fleet.turns('books', 'dev', 'Degraded');
    expect(await runsOf()).toEqual(report({ at: LAST_RUN, ended: 'failed' }));
  });
});
