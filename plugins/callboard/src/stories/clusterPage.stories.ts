import { failing, fixtureApi, missing, waiting } from './fixtureApi';
import * as fixtures from './fixtures';
import type { Story } from './Story';

const address = '/callboard/clusters/us-1';

export const clusterPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ getCluster: waiting }),
    shows: ['us-1', 'Loading'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ getCluster: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'a live cluster: blueprint, apps, capacity and connection',
    address,
    api: fixtureApi(),
    shows: [
      'runs blueprint golden 3',
      'network',
      'checkout',
      '9.4 CPU of 48 CPU',
      '3 of 3 ready',
      '4 ms',
      'Pushed code runs in namespaces of its own (bwrap). Watched',
      'CPU is not limited',
      'region=eu',
    ],
    hides: ['drifted', 'Unknown'],
  },
  {
    name: 'an app that runs there in two environments is one app',
    address,
    api: fixtureApi({ getCluster: async () => fixtures.twiceUsedCluster() }),
    shows: ['carries 1 app', /Apps1checkout Production.*checkout Staging/],
  },
  {
    name: 'a cluster that is only observed says what that means',
    address,
    api: fixtureApi({ getCluster: async () => fixtures.observedCluster() }),
    shows: [
      'is live, is only observed, runs no blueprint, and carries no app',
      'Callboard may read this cluster and not change it',
      "by Backstage's Kubernetes plugin",
    ],
    hides: ['simulated'],
  },
  {
    name: 'drift names the object and the difference',
    address,
    api: fixtureApi({ getCluster: async () => fixtures.driftedCluster() }),
    shows: [
      '1 object drifted',
      'ResourceQuota checkout--prod/golden',
      'the blueprint says 100',
    ],
  },
  {
    name: 'a lost cluster says why, and nothing on it is green',
    address,
    api: fixtureApi({
      getCluster: async () => fixtures.lostCluster('us-1'),
      readJournalPage: async () => ({ items: [] }),
    }),
    shows: [
      'us-1 does not answer',
      'Unknown',
      'last seen 4 min ago',
      'ready when it was last seen',
    ],
    hides: ['Healthy'],
  },
  {
    name: 'connection: how, since when, how fast, which agent',
    address: '/callboard/clusters/store-7',
    api: fixtureApi({ getCluster: async () => fixtures.joiningCluster(6) }),
    shows: [
      'by its agent',
      'Its agent dials out to the portal; nothing reaches in.',
      '11 ms',
      '0.1.0',
      'How it joined',
    ],
    hides: ['It has not joined yet'],
  },
  {
    name: 'an agent that waits for its upgrade says so',
    address: '/callboard/clusters/store-7',
    api: fixtureApi({
      getCluster: async () => {
        const cluster = fixtures.joiningCluster(6);
        return {
          ...cluster,
          connection: {
            ...cluster.connection,
            upgrade: { version: '0.2.0', state: 'waiting' as const },
          },
        };
      },
    }),
    shows: ['0.1.0, 0.2.0 waits for its turn'],
  },
  {
    name: 'a cluster on its way leads to where its joining is seen',
    address: '/callboard/clusters/store-7',
    api: fixtureApi({ getCluster: async () => fixtures.joiningCluster(1) }),
    shows: ['It has not joined yet', 'See it join', 'not measured'],
  },
  {
    name: 'a cluster that is not there: what may have been meant, and where to look',
    address: '/callboard/clusters/eu-11',
    api: fixtureApi({ getCluster: missing }),
    shows: [
      'There is no cluster “eu-11”.',
      'Did you mean',
      'eu-1',
      'All clusters',
    ],
    hides: ['Try again', 'Connection'],
  },
  {
    name: 'the past: a band, ages of then, and nothing acts',
    address: `${address}?at=2026-08-20T14:05:00Z`,
    api: fixtureApi({
      getCluster: async (name, options) =>
        fixtures.cluster(name, {
          observedAt: '2026-08-20T14:04:56.000Z',
          sentence: `As of ${options?.at?.toISOString()}`,
        }),
      readJournalPage: async () => ({ items: [] }),
    }),
    shows: [
      'As it was on 20 August 2026, 14:05',
      'Back to now',
      'As of 2026-08-20T14:05:00.000Z',
      '4 s ago',
    ],
    hides: ['Remove'],
  },
  {
    name: 'a cordoned cluster says who did it and why, and can be opened again',
    address,
    api: fixtureApi({
      getCluster: async name =>
        fixtures.cluster(name, {
          scheduling: { state: 'cordoned', ...fixtures.byAna() },
        }),
    }),
    shows: [
      'Nothing new is placed here; what runs here stays.',
      'By ana, 3 min ago: “Its disks are swapped”',
    ],
  },
  {
    name: 'a cluster being drained says what is left and what it waits for',
    address,
    api: fixtureApi({ getCluster: async () => fixtures.drainingCluster() }),
    shows: [
      'Draining',
      '2 apps left',
      'It waits until it is Healthy on us-2',
      'payments Production · nowhere else to run',
      'No other cluster takes it. 3 refused: Needs a prod cluster; this one is dev',
    ],
  },
  {
    name: 'a drained cluster says that nothing is left',
    address,
    api: fixtureApi({
      getCluster: async name =>
        fixtures.cluster(name, {
          apps: [],
          scheduling: { state: 'drained', ...fixtures.byAna() },
        }),
    }),
    shows: ['Drained', 'No app is left.'],
  },
];
