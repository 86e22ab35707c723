import { eventually } from '@callboard/testing';
import { ApiClient } from '../support/ApiClient';
import {
  PLAYED_CLUSTERS,
  type PlayedCluster,
} from './__testUtils__/playedClusters';

jest.setTimeout(180_000);

interface KubeItem {
  metadata: {
    name: string;
    uid: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: Array<Record<string, unknown>>;
    deletionTimestamp?: string;
  };
  spec: Record<string, unknown>;
  status: Record<string, unknown>;
}

const YEAR = new Date().getUTCFullYear();
const NEW_YEAR = `${YEAR}-01-01T00:00:00Z`;
const DAY_AFTER = `${YEAR}-01-02T00:00:00Z`;
const MERGE = 'application/merge-patch+json';
const WITHIN = { timeoutMs: 60_000 };
const LOOKS_OF_A_NUDGE = 20; // some seconds

/** Name of the job that a cron job makes at an instant. */
const jobAt = (instant: string) => `report-${Date.parse(instant) / 60_000}`;

/** What controllers bring about: on simulated clusters and on one with the real controllers. */
describe.each(PLAYED_CLUSTERS)(
  'controllers of the $name cluster',
  ({ start }) => {
    let cluster: PlayedCluster;
    let client: ApiClient;
    let namespace: string;
    let tests = 0;

    beforeAll(async () => {
      cluster = await start();
      client = new ApiClient(cluster);
    });
    afterAll(() => cluster?.stop());
    beforeEach(async () => {
      tests += 1;
      namespace = `controllers-${tests}`;
      await must('POST', '/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      });
      await eventually(async () => {
        const path = `/api/v1/namespaces/${namespace}/serviceaccounts/default`;
        const { status } = await client.get(path);
        if (status !== 200) throw new Error(`${path} answers ${status}`);
      }, WITHIN);
    });

    async function must(
      method: string,
      path: string,
      body?: unknown,
      type?: string,
    ): Promise<KubeItem> {
      const answer = await client.send({ method, path, body, type });
      if (answer.status >= 300)
        throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
      return answer.body as unknown as KubeItem;
    }

    const batch = (rest: string) =>
      `/apis/batch/v1/namespaces/${namespace}/${rest}`;
    const apps = (rest: string) =>
      `/apis/apps/v1/namespaces/${namespace}/${rest}`;

    async function list(path: string): Promise<KubeItem[]> {
      const { body } = await client.get(path);
      return (body.items as KubeItem[]).sort((a, b) =>
        a.metadata.name < b.metadata.name ? -1 : 1,
      );
    }

    const cronJob = (spec: object = {}, jobSpec: object = {}) =>
      must('POST', batch('cronjobs'), {
        apiVersion: 'batch/v1',
        kind: 'CronJob',
        metadata: { name: 'report' },
        spec: {
          schedule: '@yearly',
          timeZone: 'UTC',
          ...spec,
          jobTemplate: {
            metadata: { labels: { part: 'report' }, annotations: { a: 'b' } },
            spec: {
              template: {
                spec: {
                  restartPolicy: 'Never',
                  containers: [{ name: 'main', image: 'task:1' }],
                },
              },
              ...jobSpec,
            },
          },
        },
      });

    /** As if its last run had been long ago: what is due since is started at once. */
    const sleepsSince = (lastScheduleTime: string) =>
      must(
        'PATCH',
        batch('cronjobs/report/status'),
        { status: { lastScheduleTime } },
        MERGE,
      );
    const LONG_AGO = `${YEAR - 2}-06-01T00:00:00Z`;

    const statusOfCronJob = async () =>
      (await must('GET', batch('cronjobs/report'))).status;
    const jobs = async () =>
      (await list(batch('jobs')))
        .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
        .map(({ metadata }) => metadata.name);
    const eventsOf = async (name: string) =>
      (await list(`/api/v1/namespaces/${namespace}/events`))
        .map(
          event =>
            event as unknown as {
              involvedObject: { name: string };
              reason: string;
            },
        )
        .filter(({ involvedObject }) => involvedObject.name === name)
        .map(({ reason }) => reason);

    it('a cron job starts what was due last, once, and remembers how it ended', async () => {
      const { metadata, status } = await cronJob();
      expect(status).toEqual({});
      await sleepsSince(LONG_AGO);
      await eventually(async () => {
        expect(await statusOfCronJob()).toEqual({
          lastScheduleTime: NEW_YEAR,
          lastSuccessfulTime: expect.any(String),
        });
      }, WITHIN);
      const [job, ...more] = await list(batch('jobs'));
      expect(more).toEqual([]);
      expect(job.metadata).toMatchObject({
        name: jobAt(NEW_YEAR),
        labels: { part: 'report' },
        annotations: {
          a: 'b',
          'batch.kubernetes.io/cronjob-scheduled-timestamp': NEW_YEAR,
        },
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'CronJob',
            name: 'report',
            uid: metadata.uid,
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      });
      expect(await statusOfCronJob()).toMatchObject({
        lastSuccessfulTime: job.status.completionTime,
      });
      await eventually(
        async () =>
          expect(await eventsOf('report')).toEqual(
            expect.arrayContaining(['SuccessfulCreate', 'SawCompletedJob']),
          ),
        WITHIN,
      );
    });

    it('a cron job keeps no more jobs than it is told to', async () => {
      await cronJob({ successfulJobsHistoryLimit: 0 });
      await sleepsSince(LONG_AGO);
      await eventually(async () => {
        expect(await statusOfCronJob()).toMatchObject({
          lastScheduleTime: NEW_YEAR,
        });
        expect(await eventsOf('report')).toContain('SuccessfulDelete');
        expect(await list(batch('jobs'))).toEqual([]);
      }, WITHIN);
    });

    it('a cron job starts nothing that is too late by its deadline, or while it is suspended', async () => {
      await cronJob({ startingDeadlineSeconds: 3600, suspend: true });
      await sleepsSince(LONG_AGO);
      const open = { spec: { suspend: false } };
      await must('PATCH', batch('cronjobs/report'), open, MERGE);
      // Whether it was looked at shows in what comes after it.
      const patient = { spec: { startingDeadlineSeconds: null } };
      expect(await jobs()).toEqual([]);
      await must('PATCH', batch('cronjobs/report'), patient, MERGE);
      await eventually(async () => {
        expect(await jobs()).toEqual([jobAt(NEW_YEAR)]);
        expect(await statusOfCronJob()).toMatchObject({
          lastScheduleTime: NEW_YEAR,
        });
      }, WITHIN);
    });

    it.each([
      {
        concurrencyPolicy: 'Allow',
        expected: [jobAt(NEW_YEAR), jobAt(DAY_AFTER)],
        reason: 'SuccessfulCreate',
      },
      {
        concurrencyPolicy: 'Forbid',
        expected: [jobAt(NEW_YEAR)],
        reason: 'JobAlreadyActive',
      },
      {
        concurrencyPolicy: 'Replace',
        expected: [jobAt(DAY_AFTER)],
        reason: 'SuccessfulDelete',
      },
    ])(
      'a cron job whose job does not end, with $concurrencyPolicy',
      async ({ concurrencyPolicy, expected, reason }) => {
        await cronJob({ concurrencyPolicy }, { suspend: true });
        await sleepsSince(LONG_AGO);
        await eventually(
          async () =>
            expect(await statusOfCronJob()).toMatchObject({
              active: [{ kind: 'Job', name: jobAt(NEW_YEAR), namespace }],
            }),
          WITHIN,
        );
        await must(
          'PATCH',
          batch('cronjobs/report'),
          { spec: { schedule: '0 0 1,2 1 *' } },
          MERGE,
        );
        let looks = 0;
        await eventually(async () => {
          // A real controller waits for the next run after a new schedule. It looks at once
          // after any other change, unless it is told of both as one.
          // One that comes while it writes down what it did has it forget a job.
          const isDone =
            (await eventsOf('report')).includes(reason) &&
            String(await jobs()) === String(expected);
          if (!isDone && looks % LOOKS_OF_A_NUDGE === 0)
            await must(
              'PATCH',
              batch('cronjobs/report'),
              { metadata: { annotations: { looked: String(looks) } } },
              MERGE,
            );
          looks += 1;
          expect(await eventsOf('report')).toContain(reason);
          expect(await jobs()).toEqual(expected);
          const { active } = await statusOfCronJob();
          expect(
            (active as Array<{ name: string }>).map(({ name }) => name),
          ).toEqual(expected);
        }, WITHIN);
      },
    );

    it('a daemon set runs once on each node, and is replaced on each', async () => {
      const template = (image: string) => ({
        metadata: { labels: { app: 'agent' } },
        spec: { containers: [{ name: 'main', image }] },
      });
      await must('POST', apps('daemonsets'), {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'agent' },
        spec: {
          selector: { matchLabels: { app: 'agent' } },
          template: template('agent:1'),
        },
      });
      const settled = (generation: number) =>
        eventually(async () => {
          const { status } = await must('GET', apps('daemonsets/agent'));
          expect(status).toEqual({
            currentNumberScheduled: 2,
            desiredNumberScheduled: 2,
            numberAvailable: 2,
            numberMisscheduled: 0,
            numberReady: 2,
            observedGeneration: generation,
            updatedNumberScheduled: 2,
          });
        }, WITHIN);
      await settled(1);
      const nodes = (await list('/api/v1/nodes')).map(
        ({ metadata }) => metadata.name,
      );
      const pods = () => list(`/api/v1/namespaces/${namespace}/pods`);
      const first = await pods();
      expect(first.map(({ spec }) => spec.nodeName).sort()).toEqual(nodes);
      for (const { metadata, spec } of first) {
        expect(metadata.labels).toMatchObject({
          app: 'agent',
          'controller-revision-hash': expect.any(String),
          'pod-template-generation': '1',
        });
        expect(spec.affinity).toEqual({
          nodeAffinity: {
            requiredDuringSchedulingIgnoredDuringExecution: {
              nodeSelectorTerms: [
                {
                  matchFields: [
                    {
                      key: 'metadata.name',
                      operator: 'In',
                      values: [spec.nodeName],
                    },
                  ],
                },
              ],
            },
          },
        });
        expect(spec.tolerations).toEqual(
          [
            ['not-ready', 'NoExecute'],
            ['unreachable', 'NoExecute'],
            ['disk-pressure', 'NoSchedule'],
            ['memory-pressure', 'NoSchedule'],
            ['pid-pressure', 'NoSchedule'],
            ['unschedulable', 'NoSchedule'],
          ].map(([condition, effect]) => ({
            key: `node.kubernetes.io/${condition}`,
            operator: 'Exists',
            effect,
          })),
        );
      }
      await must(
        'PATCH',
        apps('daemonsets/agent'),
        { spec: { template: template('agent:2') } },
        MERGE,
      );
      await settled(2);
      const second = await pods();
      expect(second.map(({ spec }) => spec.nodeName).sort()).toEqual(nodes);
      expect(
        second.map(
          ({ metadata }) => metadata.labels?.['pod-template-generation'],
        ),
      ).toEqual(['2', '2']);
    });
  },
);
