import { failing, fixtureApi, waiting } from './fixtureApi';
import * as fixtures from './fixtures';
import type { Story } from './Story';

const address = '/callboard/apps';

async function someApps() {
  return [
    fixtures.app({
      name: 'atlas',
      title: 'Atlas',
      owner: 'group:default/maps',
    }),
    fixtures.app(),
    { ...fixtures.crashingApp(), name: 'payments', title: 'Payments' },
  ];
}

export const appsPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ listApps: waiting }),
    shows: ['Apps', 'Loading'],
  },
  {
    name: 'failed says what, why and next',
    address,
    api: fixtureApi({ listApps: () => failing() }),
    shows: ['Cannot read the record', 'Try again'],
  },
  {
    name: 'no app yet gives the very line to push',
    address,
    api: fixtureApi({ listApps: async () => [] }),
    shows: [
      'No app runs here yet',
      'git push http://dev:<token>@localhost:7007/api/callboard/git/my-app.git main',
    ],
  },
  {
    name: 'what waits for the reader to approve it stands above the apps',
    address,
    api: fixtureApi({
      listApps: async () => {
        const app = fixtures.app();
        const [dev, prod] = app.environments;
        const approval = 'group:default/payments';
        const promotion = { from: 'dev', candidate: 44, approval };
        return [{ ...app, environments: [dev, { ...prod, promotion }] }];
      },
    }),
    shows: [
      'Waiting for your approval',
      'Checkout: release 44 for Production',
      'by ana, 4 min ago',
    ],
  },
  {
    name: 'what deleted apps left stands below the apps, with the way to delete it',
    address,
    api: fixtureApi({
      listApps: someApps,
      listDataOfDeletedApps: async () => [
        fixtures.keptData({ app: 'old-shop' }),
        fixtures.keptData({ app: 'trial', cluster: 'us-1', mayDelete: false }),
      ],
    }),
    shows: [
      'Data of deleted apps',
      'old-shop in Production on',
      'trial in Production on',
      'You may delete it there',
    ],
  },
  {
    name: 'what is found says why, where its row does not show it',
    address: `${address}?q=frankfurt`,
    api: fixtureApi({ listApps: someApps }),
    shows: ['Checkout', 'runs on eu-1 · Frankfurt'],
  },
  {
    name: 'what needs attention stands on top, then mine',
    address,
    api: fixtureApi({ listApps: someApps }),
    shows: [
      '3 apps; 1 needs attention.',
      'Mine 2',
      /Payments.*Checkout.*Atlas/,
    ],
  },
  {
    name: 'an app on fewer clusters than wanted needs attention, and says why',
    address: '/callboard/apps',
    api: fixtureApi({ listApps: async () => [fixtures.scarceApp()] }),
    shows: ['1 app; 1 needs attention', /Production 12.*on 1 of 3/],
  },
  {
    name: 'only mine',
    address: `${address}?show=mine`,
    api: fixtureApi({ listApps: someApps }),
    shows: ['2 of 3', 'Checkout'],
    hides: ['Atlas'],
  },
  {
    name: 'the search finds a cluster',
    address: `${address}?q=us-1+maps`,
    api: fixtureApi({ listApps: someApps }),
    shows: ['1 of 3', 'Atlas'],
    hides: ['Checkout'],
  },
  {
    name: 'nothing matches',
    address: `${address}?q=nowhere`,
    api: fixtureApi({ listApps: someApps }),
    shows: ['No app matches.', 'Show all'],
  },
];
