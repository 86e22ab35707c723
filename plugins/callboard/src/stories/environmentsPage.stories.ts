import { environments } from './environmentFixtures';
import { failing, fixtureApi, waiting } from './fixtureApi';
import type { Story } from './Story';

const address = '/callboard/environments';

export const environmentsPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ listEnvironments: waiting }),
    shows: ['Environments', 'Loading'],
    hides: ['The platform has no environments.'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ listEnvironments: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'no environment yet says how to begin',
    address,
    api: fixtureApi({ listEnvironments: async () => [] }),
    shows: ['The platform has no environments.', 'How to begin'],
  },
  {
    name: 'what each asks, who lets a release in, and where it may run',
    address,
    api: fixtureApi(),
    shows: [
      '2 environments; 1 app in Production needs attention.',
      'from Development →',
      /approval: payments-leads/,
      '4 apps; 1 of 4 clusters may take an app.',
      'Only clusters with label env = dev.',
      /3 clusters may not: Needs a dev cluster; this one is prod/,
      '3 clusters may take an app',
    ],
  },
  {
    name: 'no cluster may take an app, and nothing is known of the past',
    address,
    api: fixtureApi({
      listEnvironments: async () => {
        const [dev, { clusters: _, ...prod }] = environments();
        return [
          { ...dev, clusters: dev.clusters?.filter(({ fits }) => !fits) },
          { ...prod, apps: { total: 3, needAttention: 0, names: [] } },
        ];
      },
    }),
    shows: [
      '2 environments; no cluster may take an app of Development.',
      'No cluster may take an app',
    ],
    hides: ['3 clusters may take an app'],
  },
];
