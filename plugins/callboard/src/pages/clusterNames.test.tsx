import type { Cluster } from '@callboard/plugin-callboard-common';
import type { CallboardApi } from '@callboard/plugin-callboard-react';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { plainNames } from '../stories/__testUtils__/plainNames';
import { renderStory } from '../stories/__testUtils__/renderStory';
import { fixtureApi, missing } from '../stories/fixtureApi';
import * as fixtures from '../stories/fixtures';

const TITLES: Record<string, string> = {
  'eu-1': 'Frankfurt',
  'us-1': 'Ohio',
  'ap-1': 'Singapore',
};

function titled(cluster: Cluster): Cluster {
  return { ...cluster, title: TITLES[cluster.name] ?? `Site ${cluster.name}` };
}

const clusters = [
  ...fixtures.fleet(),
  ...['dev-1', 'ap-1']
    .filter(name => fixtures.fleet().every(each => each.name !== name))
    .map(name => fixtures.cluster(name)),
].map(titled);

function api(over: Partial<CallboardApi> = {}): CallboardApi {
  return fixtureApi({
    listClusters: async () => clusters,
    getCluster: async name => titled(fixtures.cluster(name)),
    ...over,
  });
}

/** Pages that name clusters, each with a text that is there once it is whole. */
const PAGES: Array<
  [address: string, whole: string, over?: Partial<CallboardApi>]
> = [
  ['/callboard', 'eu-1 · Frankfurt'],
  ['/callboard?view=map', 'eu-1 · Frankfurt'],
  ['/callboard?sel=eu-1,us-1&several=cordon', 'us-1 · Ohio'],
  ['/callboard?sel=eu-1,us-1&several=label', 'us-1 · Ohio'],
  ['/callboard?compare=eu-1,us-1', 'eu-1 · Frankfurt and us-1 · Ohio'],
  ['/callboard?ask=drain&on=us-1', 'us-1 · Ohio'],
  ['/callboard/clusters/eu-1', 'eu-1 · Frankfurt'],
  ['/callboard/clusters/eu-1?do=drain', 'eu-1 · Frankfurt'],
  ['/callboard/clusters/eu-2', 'eu-1 · Frankfurt', { getCluster: missing }],
  [
    '/callboard/clusters/store-7/join',
    'store-7 · Site store-7',
    { getCluster: async () => titled(fixtures.joiningCluster(1)) },
  ],
  ['/callboard/apps/checkout', 'eu-1 · Frankfurt'],
  ['/callboard/apps/checkout?tab=placement', 'eu-1 · Frankfurt'],
  ['/callboard/apps/checkout?tab=history', 'eu-1 · Frankfurt'],
  ['/callboard/apps/checkout?tab=logs', 'eu-1 · Frankfurt'],
  ['/callboard/apps/checkout?tab=kubernetes', 'eu-1 · Frankfurt'],
  ['/callboard/audit', 'eu-1 · Frankfurt'],
];

it.each(PAGES.map(([address, whole, over]) => ({ address, whole, over })))(
  'has one name for a cluster on $address',
  async ({ address, whole, over }) => {
    renderStory({ address, api: api(over) });
    await waitFor(() => expect(document.body.textContent).toContain(whole));
    expect(
      plainNames([...clusters.map(({ name }) => name), 'store-7']),
    ).toEqual([]);
  },
);

it('has one name for a cluster where a release is promoted', async () => {
  renderStory({ address: '/callboard/apps/checkout', api: api() });
  await userEvent.click(
    await screen.findByRole('button', {
      name: 'Promote release 44 to Production',
    }),
  );
  await screen.findByText(/It goes to/);
  expect(plainNames(clusters.map(({ name }) => name))).toEqual([]);
});
