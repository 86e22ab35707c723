import { failing, fixtureApi, waiting } from './fixtureApi';
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
    name: 'a live cluster: blueprint, apps, room and connection',
    address,
    api: fixtureApi(),
    shows: [
      'runs blueprint golden 3',
      'network',
      'checkout',
      '9.4 CPU of 48 CPU',
      '3 of 3 ready',
      '4 ms',
      'region=eu',
    ],
    hides: ['drifted', 'Unknown'],
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
      listJournal: async () => [],
    }),
    shows: ['Cannot reach cluster "us-1"', 'Unknown', 'last seen 4 min ago'],
    hides: ['Healthy'],
  },
];
