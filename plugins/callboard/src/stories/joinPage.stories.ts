import { failing, fixtureApi, waiting } from './fixtureApi';
import * as fixtures from './fixtures';
import type { Story } from './Story';

const address = '/callboard/clusters/store-7/join';

function joining(...of: Parameters<typeof fixtures.joiningCluster>) {
  return fixtureApi({ getCluster: async () => fixtures.joiningCluster(...of) });
}

export const joinPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ getCluster: waiting }),
    shows: ['store-7', 'Joining', 'Loading'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ getCluster: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'registered: people who did not make the command see when it ends and can make a new one',
    address,
    api: joining(1),
    shows: [
      'store-7 is registered. It joins when its command is run',
      'shown once, in the window where it was made',
      'works once, 14 min left',
      'Make a new command',
      /Registered ?done 9 s ago/,
      /Token used ?waitingWaits for the command above to be run/,
      /Connected ?to come/,
    ],
    hides: ['kubectl apply', 'Open store-7'],
  },
  {
    name: 'a registration that was not used in time',
    address,
    api: fixtureApi({
      getCluster: async () => {
        const cluster = fixtures.joiningCluster(1);
        return {
          ...cluster,
          join: { ...cluster.join!, expiresAt: fixtures.ago(60_000) },
        };
      },
    }),
    shows: ['expired', 'can no longer be used. Make a new one.'],
    hides: ['works once'],
  },
  {
    name: 'under way: what is done with its time, what is waited for',
    address,
    api: joining(4),
    shows: [
      '4 of 6 steps are done, “first inventory” is next',
      /Rights checked ?done 9 s ago/,
      'Nodes, capacity and versions are read',
    ],
    hides: ['Connect its agent', 'Open store-7'],
  },
  {
    name: 'stopped: why, and what next',
    address,
    api: joining(
      3,
      'It may not list nodes. Apply the manifest again as a cluster administrator.',
    ),
    shows: [
      'store-7 cannot join: it stopped at “rights checked”.',
      'failed',
      'It may not list nodes. Apply the manifest again',
      'Join again',
      'Make a new command',
    ],
    hides: ['Open store-7'],
  },
  {
    name: 'ready ends at the page of the cluster',
    address,
    api: joining(6),
    shows: ['store-7 has joined the fleet.', 'Open store-7'],
    hides: ['waiting', 'to come', 'Connect its agent'],
  },
  {
    name: 'a cluster that did not dial out needs no registration token',
    address: '/callboard/clusters/eu-1/join',
    api: fixtureApi(),
    shows: ['eu-1 needs no registration token', 'simulated', 'Open eu-1'],
    hides: ['Steps'],
  },
];
