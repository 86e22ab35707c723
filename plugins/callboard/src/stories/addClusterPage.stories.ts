import { failing, fixtureApi, waiting } from './fixtureApi';
import type { Story } from './Story';

const address = '/callboard/add-cluster';

export const addClusterPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ listClusters: waiting }),
    shows: ['Add cluster', 'Loading'],
    hides: [/Blueprint(?!s)/],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ listBlueprints: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'the form: name, labels of this fleet, blueprints with a sentence each',
    address,
    api: fixtureApi(),
    shows: [
      'Name',
      'Value of env',
      'Set env to prod',
      'Value of region',
      'Golden version 3What every cluster of the company has',
      'For one small machine that is often offline, with all of golden',
      'PCI',
      'How apps are reached',
      'From inside only',
      'Through a load balancer',
    ],
    hides: ['The name is empty', 'version 4', 'Address of a node'],
  },
  {
    name: 'no agent image: said before anything is filled in',
    address,
    api: fixtureApi({
      getJoining: async () => ({
        problem: {
          code: 'agent-image-missing',
          what: 'Cannot add a cluster',
          why: 'the portal has no image of the agent',
          next: 'Set callboard.agents.image',
          transient: false,
        },
      }),
    }),
    shows: ['The portal has no image of the agent', 'callboard.agents.image'],
    hides: ['Value of env'],
  },
  {
    name: 'a platform without blueprints says so',
    address,
    api: fixtureApi({ listBlueprints: async () => [] }),
    shows: ['The platform defines no active blueprint'],
  },
];
