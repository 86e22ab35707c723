import type { RolloutCell } from '@callboard/plugin-callboard-common';
import { failing, fixtureApi, missing, waiting } from './fixtureApi';
import * as fixtures from './fixtures';
import type { Story } from './Story';
import * as usageFixtures from './usageFixtures';

const address = '/callboard/apps/checkout';

export const appPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ getApp: waiting }),
    shows: ['checkout', 'Loading'],
    hides: ['Healthy', 'Promote'],
  },
  {
    name: 'failed says what, why and next, with a way to ask again',
    address,
    api: fixtureApi({ getApp: () => failing() }),
    shows: [
      'Cannot read the record',
      'The database does not answer.',
      'Tell your platform team',
      'Try again',
    ],
    hides: ['database-unavailable', 'Healthy'],
  },
  {
    name: 'an app that runs well and can be promoted',
    address,
    api: fixtureApi(),
    shows: [
      'Release 42 is healthy on 3 of 3 production clusters',
      'Promote release 44 to Production',
      'Where it runs',
      'Frankfurt',
      '2 of 2 instances',
      'What changed',
      'bo promoted release 42 to Production',
    ],
    hides: ['Degraded', 'Unknown', 'Pod', 'amespace'],
  },
  {
    name: 'a release that crashes at start shows the finding first',
    address,
    api: fixtureApi({ getApp: async () => fixtures.crashingApp() }),
    shows: [
      'checkout cannot start in Development: it ends with exit code 3 right after start',
      'RATES_TOKEN is not set',
      'Just before: ana pushed',
      'Set RATES_TOKEN in score.yaml',
      'Certain: reported by the cluster.',
      'Open logs',
      'Roll back to release 43',
      'Waiting: release 44 is degraded in Development',
    ],
    hides: ['Promote release 44', 'Release 44 is ready'],
  },
  {
    name: 'addresses say whether they answer, and which record is missing',
    address,
    api: fixtureApi({ getApp: async () => fixtures.addressedApp() }),
    shows: [
      'Answers in 40 ms since 3 days',
      'Does not resolve since 5 min',
      'Ask the platform team for a record: checkout.dev.example.com A 192.0.2.7',
      'Last looked at 2 h ago: answers in 52 ms',
    ],
    hides: ['unresolved', 'No cluster leads there'],
  },
  {
    name: 'data that stays where the app was is told, and that it is deleted by name',
    address,
    api: fixtureApi({
      listKeptData: async () => [
        fixtures.keptData(),
        fixtures.keptData({
          cluster: 'ap-1',
          sentence: 'The data of db (postgres) on ap-1 is being deleted',
          deletion: { by: 'user:default/bo' },
        }),
        fixtures.keptData({
          cluster: 'us-1',
          isClusterRegistered: false,
          sentence:
            'The data of db (postgres) stays on us-1, which is not registered any more. Callboard does not reach it until us-1 is registered again',
        }),
      ],
    }),
    shows: [
      'Data that stays',
      'files (volume) stays on eu-1, where checkout does not run any more',
      'Production · kept for 3 h',
      'Delete it…',
      'bo wants it deleted',
      'Forget it…',
    ],
    hides: ['amespace', 'kubectl', 'user:default'],
  },
  {
    name: 'settings stand beside the release that has them',
    address,
    api: fixtureApi({
      getApp: async () => {
        const calm = fixtures.app();
        return {
          ...calm,
          environments: calm.environments.map(environment => ({
            ...environment,
            settings: 8,
            clusters: environment.clusters.map(each => ({
              ...each,
              settings: each.cluster === 'eu-1' ? 7 : 8,
            })),
          })),
        };
      },
    }),
    shows: ['settings 7', 'settings 8'],
  },
  {
    name: 'what still answers stands beside what cannot start',
    address,
    api: fixtureApi({
      getApp: async () => {
        const app = fixtures.crashingApp();
        const [dev, ...rest] = app.environments;
        const serving = { release: 43, ready: 1 };
        const clusters = dev.clusters.map(each => ({ ...each, serving }));
        return { ...app, environments: [{ ...dev, clusters }, ...rest] };
      },
    }),
    shows: ['Release 43 still answers', 'release 43 still answers'],
  },
  {
    name: 'what is not healthy where it was released first is not offered for promotion',
    address,
    api: fixtureApi({ getApp: async () => fixtures.degradedCandidateApp() }),
    shows: ['Waiting: release 44 is degraded in Development'],
    hides: ['Promote release 44', 'Release 44 is ready'],
  },
  {
    name: 'a cluster that is out of contact is Unknown with its age, never green',
    address,
    api: fixtureApi({ getApp: async () => fixtures.staleApp() }),
    shows: ['eu-1 was last seen 4 min ago', 'Unknown', 'last seen 4 min ago'],
  },
  {
    name: 'a release on its way shows what is there and what comes',
    address,
    api: fixtureApi({ getApp: async () => fixtures.rollingApp() }),
    shows: ['Progressing', '42 → 44', '1 of 2 instances', 'Nothing to promote'],
  },
  ...rolloutStories(),
  {
    name: 'fewer clusters than wanted is told beside health',
    address,
    api: fixtureApi({ getApp: async () => fixtures.scarceApp() }),
    shows: [
      'Fewer clusters than wanted in Production',
      'only pci-1 runs blueprint pci',
      'Why these clusters',
      'Healthy',
    ],
    hides: ['Degraded'],
  },
  {
    name: 'a build under way',
    address,
    api: fixtureApi({ getApp: async () => fixtures.buildingApp() }),
    shows: [
      '“Speak French” is being built',
      'for 6 s',
      'Revision c0ffeec by Ana Ruiz',
    ],
  },
  {
    name: 'nothing released yet gives the line to push',
    address: '/callboard/apps/ledger',
    api: fixtureApi({ getApp: async () => fixtures.emptyApp() }),
    shows: [
      'Nothing is released yet.',
      'git push http://dev:<token>@localhost:7007/api/callboard/git/ledger.git main',
    ],
    hides: ['Where it runs'],
  },
  {
    name: 'releases: what they are, where they are, and a way to bring them somewhere',
    address: `${address}?tab=releases`,
    api: fixtureApi(),
    shows: [
      'Release 44',
      'Read rates from the new service',
      'bundle, 6 s',
      'Deploy release 43 to',
    ],
  },
  {
    name: 'placement: one verdict per cluster, with reasons and remedy',
    address: `${address}?tab=placement`,
    api: fixtureApi(),
    shows: [
      'Runs on the 3 wanted clusters',
      'Chosen',
      'Refused',
      'Needs a prod cluster; this one is dev',
      'It was last seen 2 min ago',
      'It would be admitted with label env=prod',
    ],
  },
  {
    name: 'placement: how many replicas each cluster gets, and why',
    address: `${address}?tab=placement`,
    api: fixtureApi({ getPlacement: async () => fixtures.dividedPlacement() }),
    shows: [
      'Runs 5 instances: 1 on ap-1, 2 on eu-1 and 2 on us-1.',
      '1 instance',
      '2 instances',
      'It runs 2 of 5 instances: 1 stays, 1 more by its free capacity',
    ],
  },
  {
    name: 'replicas that are divided say the share of each cluster',
    address,
    api: fixtureApi({ getApp: async () => fixtures.dividedApp() }),
    shows: ['its share of 5 instances: 1', 'its share of 5 instances: 2'],
  },
  {
    name: 'what runs by the clock says its last run and the next one',
    address,
    api: fixtureApi({ getApp: async () => fixtures.scheduledApp() }),
    shows: [
      'invoices: last run succeeded, 4 min ago; next in 3 h',
      'rates: last run failed, 1 h ago; next in 3 h',
      'sitemap: has not run yet; next in 2 days',
      'sweep: runs since 40 s; suspended, no next run',
    ],
    hides: ['0 of 0 instances', 'CronJob', 'null'],
  },
  {
    name: 'history: who changed what',
    address: `${address}?tab=history`,
    api: fixtureApi(),
    shows: [
      'History',
      'Production runs on ap-1, eu-1 and us-1',
      'three regions, one cluster each',
    ],
  },
  {
    name: 'logs of the deployment in the address',
    address: `${address}?tab=logs&env=prod&cluster=eu-1`,
    api: fixtureApi(),
    shows: ['Output of Production on eu-1', 'Listening on 8080'],
  },
  {
    name: 'logs search shows only the lines that match',
    address: `${address}?tab=logs&q=GET`,
    api: fixtureApi(),
    shows: ['GET / 200 3 ms'],
    hides: ['Listening on 8080'],
  },
  {
    name: 'usage stands against what is asked for, with advice as lines to put into app.yaml',
    address: `${address}?tab=usage&env=prod`,
    api: fixtureApi(),
    shows: [
      'web asks for 512 MiB, used 61 MiB at most in 7 days',
      'requests: { memory: 80Mi }',
      '61 MiB at most in 7 d',
      'asks for 512 MiB, 1 GiB at most',
      'web-6c9f-ab12c',
      '52 MiB',
      /measured \d+ s ago/,
      'This cluster has no metrics-server',
      'not known',
    ],
    hides: ['0 B', 'Pod', 'amespace'],
  },
  {
    name: 'usage that is old says so',
    address: `${address}?tab=usage&env=prod`,
    api: fixtureApi({
      getUsage: async () =>
        usageFixtures.usage({
          advice: [],
          clusters: [
            usageFixtures.clusterUsage({
              state: 'stale',
              what: 'The cluster has not been read since, so these numbers are old',
              next: 'They are read again once the cluster is in contact',
              measuredAt: fixtures.ago(3_600_000),
            }),
          ],
        }),
    }),
    shows: ['last measured 1 h ago', 'so these numbers are old'],
    hides: ['app.yaml'],
  },
  {
    name: 'usage before anything runs says what comes',
    address: `${address}?tab=usage&env=prod`,
    api: fixtureApi({
      getUsage: async () => ({ clusters: [], advice: [] }),
    }),
    shows: ['It runs on no cluster of Production'],
  },
  {
    name: 'Kubernetes view hides nothing from who asks',
    address: `${address}?tab=kubernetes`,
    api: fixtureApi(),
    shows: [
      'Namespace checkout--dev',
      'kubectl --context dev-1',
      'Deployment',
      'kind: Service',
      'ScalingReplicaSet',
      'Made by ReplicaSet web-6c9f',
      /Reasoncrashed-at-start.*MessageIt ends with exit code 3/,
    ],
  },
  {
    name: 'clusters of the app are being drained: the app says so, also to who may not see clusters',
    address,
    api: fixtureApi({
      getApp: async () => fixtures.drainedApp(),
      listClusters: () => failing(),
    }),
    shows: [
      'This cluster is being drained: the app moves away',
      'This cluster is being drained: the app stays until another cluster takes it',
    ],
  },
  {
    name: 'work on it: the lines that clone and push it, and whose token',
    address,
    api: fixtureApi(),
    shows: [
      'git clone http://dev:<token>@localhost:7007/api/callboard/git/checkout.git',
      'git push origin main',
      'under Tokens',
    ],
  },
  {
    name: 'an app that is not there: what may have been meant, and how to make it',
    address: '/callboard/apps/chekout',
    api: fixtureApi({ getApp: missing }),
    shows: [
      'There is no app “chekout”.',
      'Did you mean',
      'checkout',
      'Or make it',
      'git/chekout.git',
    ],
    hides: ['Try again', 'Promote'],
  },
  {
    name: 'an app that was deleted: what it left, and that it is deleted by name',
    address,
    api: fixtureApi({
      getApp: missing,
      listKeptData: async () => [fixtures.keptData()],
    }),
    shows: [
      'checkout was deleted. Data that it left stays until somebody deletes it.',
      'Data that stays',
      'Delete it…',
      'Or make it',
    ],
    hides: ['There is no app', 'Promote'],
  },
  {
    name: 'a name that no app can have is not offered to be pushed',
    address: '/callboard/apps/Nope!',
    api: fixtureApi({ getApp: missing }),
    shows: ['There is no app “Nope!”.'],
    hides: ['Or make it'],
  },
  {
    name: 'an address below an app that leads nowhere',
    address: `${address}/nowhere`,
    api: fixtureApi(),
    shows: ['Nothing is at /callboard/apps/checkout/nowhere.'],
  },
  {
    name: 'an environment that is not there is said, with what is shown instead',
    address: `${address}?tab=placement&env=qa`,
    api: fixtureApi(),
    shows: ['There is no environment “qa”. This is Production.'],
  },
  {
    name: 'a deployment that is not there is said, with what is shown instead',
    address: `${address}?tab=logs&env=prod&cluster=moon-1`,
    api: fixtureApi(),
    shows: ['It does not run in “prod” on “moon-1”.', 'Output of Production'],
  },
  {
    name: 'a release that is not there is said',
    address: `${address}?tab=releases&release=99`,
    api: fixtureApi(),
    shows: ['There is no release “99” here.', 'Release 44'],
  },
  {
    name: 'a view that is not there is said',
    address: `${address}?tab=weather`,
    api: fixtureApi(),
    shows: ['There is no view “weather”.', 'Where it runs'],
  },
  {
    name: 'the past: a band, and nothing acts',
    address: `${address}?at=2026-08-20T14:05:00Z`,
    api: fixtureApi({
      getApp: async (_, options) => ({
        ...fixtures.crashingApp(),
        sentence: `As of ${options?.at?.toISOString()}`,
      }),
    }),
    shows: [
      'As it was on 20 August 2026, 14:05',
      'As of 2026-08-20T14:05:00.000Z',
      'Where it runs',
    ],
    hides: ['Promote 4', 'Roll back', 'Open logs'],
  },
  {
    name: 'releases of the past go nowhere',
    address: `${address}?tab=releases&at=2026-08-20T14:05:00Z`,
    api: fixtureApi(),
    shows: ['As it was on', 'Release 44'],
    hides: ['Bring release', 'Bring it to'],
  },
  {
    name: 'output of the past is not kept',
    address: `${address}?tab=logs&at=2026-08-20T14:05:00Z`,
    api: fixtureApi(),
    shows: ['Output of the past is not kept', 'Back to now'],
    hides: ['Listening on 8080'],
  },
];

/** One per state of a rollout. */
function rolloutStories(): Story[] {
  const story = (
    name: string,
    rollout: ReturnType<typeof fixtures.rollout>,
    texts: Pick<Story, 'shows' | 'hides'>,
  ): Story => ({
    name: `a rollout ${name}`,
    address,
    api: fixtureApi({
      getApp: async () => fixtures.wavingApp(rollout.phase),
      getRollout: async () => rollout,
    }),
    ...texts,
  });
  const cells = (cell: RolloutCell) =>
    [
      [{ cluster: 'ap-1', state: 'done' as const }],
      [cell],
      [{ cluster: 'us-1', state: 'to-apply' as const }],
    ].map(wave => ({ name: '', cells: wave }));
  const [, rollback, abort] = fixtures.rollout('applying').actions;
  const resume = {
    action: 'resume' as const,
    does: 'It continues wave by wave; us-1 comes next.',
  };
  return [
    story('that soaks', fixtures.rollout('soaking'), {
      shows: [
        'Release 44 goes to Production, in place of 42',
        'eu-1 · Frankfurt',
        'Wave 2 of 3, being watched',
        'Wave 2 of 3 is up; watching it for 1 min before wave 3.',
        /Soaking, \d+ s left/,
        'To come',
        'Pause',
        'Roll back to release 42',
        'Abort',
      ],
      hides: ['Resume'],
    }),
    story(
      'that starts',
      fixtures.rollout('applying', {
        waves: cells({
          cluster: 'eu-1',
          state: 'progressing',
          until: fixtures.ago(-300_500),
        }),
      }),
      {
        shows: [
          'Rolling out, wave 2 of 3: eu-1.',
          /Starting; gives up in \d min/,
        ],
      },
    ),
    story(
      'that halted says why under the cluster that caused it',
      fixtures.rollout('halted', {
        waves: cells({
          cluster: 'eu-1',
          state: 'failed',
          why: 'it ends with exit code 3 right after start',
          since: fixtures.ago(10_000),
        }),
        halt: {
          cluster: 'eu-1',
          why: 'it ends with exit code 3 right after start',
          failures: 1,
          allowed: 0,
        },
        actions: [rollback, resume, abort],
      }),
      {
        shows: [
          'Wave 2 of 3, halted',
          'Failed',
          'It ends with exit code 3 right after start.',
          'Resume',
        ],
        hides: ['Pause'],
      },
    ),
    story(
      'that gave up on a cluster in time',
      fixtures.rollout('halted', {
        waves: cells({
          cluster: 'eu-1',
          state: 'timed-out',
          why: 'it did not become healthy in time',
          since: fixtures.ago(10_000),
        }),
        actions: [],
      }),
      { shows: ['Not in time', 'It did not become healthy in time.'] },
    ),
    story(
      'that waits for a cluster',
      fixtures.rollout('waiting-for-clusters', {
        waves: cells({
          cluster: 'eu-1',
          state: 'deferred',
          since: fixtures.ago(245_000),
        }),
      }),
      {
        shows: [
          'Waiting for eu-1, which cannot be reached',
          'Deferred until it returns, no contact for 4 min',
          'waiting for a cluster that cannot be reached',
        ],
      },
    ),
    story(
      'that is paused',
      fixtures.rollout('paused', { actions: [resume, rollback, abort] }),
      {
        shows: [
          'Paused: 2 of 3 clusters have release 44. Resume to continue.',
          'Resume',
        ],
        hides: ['Pause in'],
      },
    ),
    story(
      'that was aborted, with a cluster that was skipped',
      fixtures.rollout('aborted', {
        waves: cells({
          cluster: 'eu-1',
          state: 'skipped',
          why: 'it is being replaced',
        }),
        actions: [rollback],
      }),
      {
        shows: [
          'Aborted: 2 of 3 clusters have release 44.',
          'Skipped',
          'Roll back to release 42',
        ],
        hides: ['Resume', 'Pause'],
      },
    ),
    story(
      'that came to its end',
      fixtures.rollout('done', {
        waves: cells({ cluster: 'eu-1', state: 'done' }),
        actions: [rollback],
      }),
      {
        shows: ['Release 44 in Production: rolled out everywhere'],
        hides: ['Abort', 'Wave 2 of 3'],
      },
    ),
    story(
      'that goes back',
      fixtures.rollout('applying', {
        purpose: 'roll-back',
        release: 42,
        sentence: 'Rolling back: eu-1',
        actions: [],
      }),
      {
        shows: [
          'Rolling back to release 42 in Production',
          'Rolling back: eu-1.',
        ],
      },
    ),
    story(
      'over many clusters names those that want a look',
      fixtures.rollout('applying', {
        waves: [
          {
            name: 'rest',
            cells: Array.from({ length: 40 }, (_, index) => ({
              cluster: `c-${index}`,
              state: index === 7 ? ('failed' as const) : ('done' as const),
            })),
          },
        ],
      }),
      {
        shows: ['Wave 1 · rest', 'c-7', '39 done, 1 failed'],
        hides: ['c-8'],
      },
    ),
  ];
}
