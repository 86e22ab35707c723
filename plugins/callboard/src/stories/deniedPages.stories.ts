import { fixtureApi } from './fixtureApi';
import * as fixtures from './fixtures';
import type { Story } from './Story';

/** Pages as those see them who may look and do nothing. */
export const deniedPagesStories: Story[] = [
  {
    name: 'fleet offers nothing to who may not manage clusters',
    address: '/callboard',
    api: fixtureApi(),
    shows: ['dev-1', '8 clusters, all live'],
    hides: ['Add cluster'],
  },
  {
    name: 'add cluster: who may not is told before anything is filled in',
    address: '/callboard/add-cluster',
    api: fixtureApi(),
    shows: ['You may not add clusters', 'Ask your platform team'],
    hides: [/Blueprint(?!s)/],
  },
  {
    name: 'joining: who may not sees how far it is, and cannot make a line',
    address: '/callboard/clusters/store-7/join',
    api: fixtureApi({ getCluster: async () => fixtures.joiningCluster(1) }),
    shows: ['People who may manage clusters can make a new one.', 'Token used'],
    hides: ['Make a new command'],
  },
  {
    name: 'cluster offers nothing that changes it',
    address: '/callboard/clusters/eu-1',
    api: fixtureApi(),
    shows: ['eu-1 is live', 'Connection'],
    hides: ['Remove', 'Drain'],
  },
];
