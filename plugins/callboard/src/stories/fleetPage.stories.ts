import { failing, fixtureApi, waiting } from './fixtureApi';
import * as fixtures from './fixtures';
import type { Story } from './Story';

const address = '/callboard';

function lostFleet() {
  return fixtures
    .fleet()
    .map(cluster =>
      cluster.name === 'eu-1' ? fixtures.lostCluster() : cluster,
    );
}

export const fleetPageStories: Story[] = [
  {
    name: 'loading has the shape of what comes',
    address,
    api: fixtureApi({ getFleet: waiting, listClusters: waiting }),
    shows: ['Fleet', 'Loading'],
    hides: ['No cluster'],
  },
  {
    name: 'failed says what, why and next, once',
    address,
    api: fixtureApi({
      getFleet: () => failing(),
      listClusters: () => failing(),
    }),
    shows: ['Cannot read the record', 'Try again'],
    hides: [/Cannot read the record.*Cannot read the record/],
  },
  {
    name: 'no cluster yet gives the next step',
    address,
    api: fixtureApi({
      getFleet: async () => fixtures.fleetSummary([]),
      listClusters: async () => [],
    }),
    shows: [
      'No cluster is registered yet',
      'Add a cluster',
      'callboard.clusters',
      'npm start',
    ],
    hides: ['Playground', 'What if'],
  },
  {
    name: 'a live fleet: a table by environment, and the playground',
    address,
    api: fixtureApi(),
    shows: [
      '8 clusters, all live',
      'Production · 4',
      'eu-1 · Frankfurt',
      'golden 3',
      '38.6 CPU · 161 GiB',
      'Playground',
      'edge-101',
    ],
    hides: ['Unknown', 'not seen'],
  },
  {
    name: 'an app that runs on a cluster in two environments is one app',
    address: '/callboard?view=map',
    api: fixtureApi({
      listClusters: async () => [fixtures.twiceUsedCluster()],
      getFleet: async () =>
        fixtures.fleetSummary([fixtures.twiceUsedCluster()]),
    }),
    shows: [/us-1.*1 app/],
    hides: ['2 apps'],
  },
  {
    name: 'offers to add a cluster',
    address,
    api: fixtureApi(),
    shows: ['Add cluster', 'dev-1'],
  },
  {
    name: 'a lost cluster needs attention first, and is Unknown with its age',
    address,
    api: fixtureApi({
      listClusters: async () => lostFleet(),
      getFleet: async () => fixtures.fleetSummary(lostFleet()),
    }),
    shows: [
      'Needs attention1 of 8 clusters',
      'No contact for 4 min',
      '1 not seen for 4 min',
      'Unknown',
      'last seen 4 min ago',
      'not seen',
    ],
  },
  {
    name: 'no playground, no switches',
    address,
    api: fixtureApi({
      getFleet: async () =>
        fixtures.fleetSummary(fixtures.fleet(), { playground: false }),
    }),
    shows: ['Clusters', 'dev-1'],
    hides: ['Playground'],
  },
  {
    name: 'the search in the address filters map and table',
    address: `${address}?q=env%3Dedge`,
    api: fixtureApi(),
    shows: ['edge-102', '2 of 8 clusters'],
    hides: ['staging-1 is live'],
  },
  {
    name: 'grouped by another label',
    address: `${address}?group=region`,
    api: fixtureApi(),
    shows: ['eu · 5', 'ap · 1', 'us · 2'],
  },
  {
    name: 'a map instead of the table: a drifted blueprint has a bent corner',
    address: `${address}?view=map`,
    api: fixtureApi({ listClusters: async () => [fixtures.driftedCluster()] }),
    shows: ['its blueprint has drifted', 'drifted from blueprint'],
    hides: ['Free capacity'],
  },
  {
    name: 'a filter in the address shows only what drifted',
    address: `${address}?show=drifted`,
    api: fixtureApi({
      listClusters: async () =>
        fixtures
          .fleet()
          .map(cluster =>
            cluster.name === 'us-1' ? fixtures.driftedCluster() : cluster,
          ),
    }),
    shows: ['Drifted 1', '1 of 8 clusters', '· drifted'],
    hides: ['Staging · 1'],
  },
  {
    name: 'two clusters compared, what differs first',
    address: `${address}?compare=dev-1%2Ceu-1`,
    api: fixtureApi(),
    shows: [/\d+ of \d+ facts differ/, 'Label env', 'Close comparison'],
  },
  {
    name: 'a comparison with a cluster of which one object has drifted',
    address: `${address}?compare=eu-1%2Cus-1`,
    api: fixtureApi({
      listClusters: async () =>
        fixtures
          .fleet()
          .map(cluster =>
            cluster.name === 'us-1' ? fixtures.driftedCluster() : cluster,
          ),
    }),
    shows: ['≠ Drift', '1 object'],
  },
  {
    name: 'selected clusters in the address, with what can be done with them',
    address: `${address}?sel=dev-1%2Ceu-1`,
    api: fixtureApi(),
    shows: ['2 clusters selected', 'Cordon…', 'Label…', 'Compare'],
  },
  {
    name: 'the search says why it found a cluster',
    address: `${address}?q=hamburg`,
    api: fixtureApi({
      listClusters: async () => [
        fixtures.cluster('store-1', { claims: { site: 'hamburg' } }),
        fixtures.cluster('store-2'),
      ],
    }),
    shows: ['claim site=hamburg', '1 of 2 clusters'],
    hides: ['store-2 '],
  },
  {
    name: 'how a cluster is connected is told where it is not simulated',
    address,
    api: fixtureApi({
      getFleet: async () =>
        fixtures.fleetSummary(fixtures.fleet(), { playground: false }),
      listClusters: async () => [
        fixtures.cluster('real-1', {
          connection: { kind: 'kubeconfig', since: null, roundTripMs: 3 },
        }),
        { ...fixtures.joiningCluster(6), name: 'real-2' },
        fixtures.joiningCluster(1),
      ],
    }),
    shows: ['by kubeconfig', 'by its agent', 'joining'],
    hides: ['simulated'],
  },
  {
    name: 'the past: no switches, nothing to add, links stay in it',
    address: `${address}?at=2026-08-20T14:05:00Z`,
    api: fixtureApi(),
    shows: ['As it was on 20 August 2026, 14:05', 'dev-1'],
    hides: ['Playground', 'Add cluster'],
  },
  {
    name: 'an address that leads nowhere',
    address: `${address}/nowhere`,
    api: fixtureApi(),
    shows: [
      'No such page',
      'Nothing is at /callboard/nowhere.',
      'All apps',
      'All clusters',
    ],
  },
  {
    name: 'what if: a sentence first, then each app with its reasons',
    address: '/callboard?ask=drain&on=eu-1',
    api: fixtureApi(),
    shows: [
      'Draining eu-1 moves 3 apps (2 instances); 1 has nowhere else to run.',
      '2 of 5 instances from eu-1 · Frankfurt (2 → 0) to ap-1 (1 → 2), us-1 (2 → 3)',
      'No other place 1',
      'It stays on eu-1 until another cluster takes it.',
      'dev-1, edge-101, edge-102, staging-1 Needs a prod cluster; this one is dev',
      'Label the cluster env=prod',
      'checkout Productionfrom eu-1 · Frankfurt to eu-2',
      'uneven by 2 over region',
      '1 app stays where it is',
    ],
  },
  {
    name: 'what if, not asked whole yet: says what is missing',
    address: '/callboard?ask=label&on=eu-1',
    api: fixtureApi(),
    shows: ['Write a label, such as region=us'],
    hides: ['Draining eu-1'],
  },
  {
    name: 'what if, refused: says why',
    address: '/callboard?ask=lose&on=gone-1',
    api: fixtureApi({ askWhatIf: () => failing() }),
    shows: ['Cannot read the record'],
  },
];
