import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { fleetPageStories } from '../../stories/fleetPage.stories';
import { failing, fixtureApi } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';
import { renderStory } from '../../stories/__testUtils__/renderStory';

const address = '/callboard';

describe('fleet page', () => {
  it.each(fleetPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

it('answers a search while typing, reached by the key /', async () => {
  renderStory({ address: `${address}?group=region`, api: fixtureApi() });
  await screen.findByText('eu · 5');
  await userEvent.keyboard('/');
  await userEvent.keyboard('pci');
  expect(screen.getByRole('searchbox')).toHaveValue('pci');
  await waitFor(() => expect(screen.getByText('eu · 1')).toBeInTheDocument());
  expect(screen.queryByText('us · 2')).not.toBeInTheDocument();
});

it('says why pushes are refused while a cluster is silent too', async () => {
  const clusters = [fixtures.lostCluster(), fixtures.cluster('us-1')];
  const problem = {
    code: 'disk-nearly-full' as const,
    what: 'Pushes are refused',
    why: 'only 3 MB are free on the disk of the repositories',
    next: 'Free space on it',
  };
  renderStory({
    address,
    api: fixtureApi({
      getFleet: async () => fixtures.fleetSummary(clusters, { problem }),
      listClusters: async () => clusters,
    }),
  });
  expect(
    await screen.findByText(
      /Pushes are refused at the moment: only 3 MB are free/,
    ),
  ).toBeInTheDocument();
});

it('moves over the map with the arrow keys and says what is in focus', async () => {
  renderStory({
    address: `${address}?view=map&group=region`,
    api: fixtureApi(),
  });
  const first = (await screen.findAllByRole('link', { name: /ap-1/ }))[0];
  first.focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(document.activeElement).toHaveAttribute('data-cluster', 'dev-1');
  expect(
    screen.getByText(
      'dev-1 is live, runs blueprint golden 3 with no drift, and carries 2 apps.',
    ),
  ).toBeInTheDocument();
});

it('offers an order for the table alone: on the map each cluster keeps its place', async () => {
  renderStory({ address, api: fixtureApi() });
  const order = () => screen.queryByRole('button', { name: /Order/ });
  expect(
    await screen.findByRole('button', { name: /Order/ }),
  ).toBeInTheDocument();
  await userEvent.click(screen.getByRole('radio', { name: 'Map' }));
  await waitFor(() => expect(order()).not.toBeInTheDocument());
});

it('switches a simulated cluster off and stands as asked until the fleet shows it', async () => {
  const asked: unknown[] = [];
  const api = fixtureApi({
    setClusterPower: async input => void asked.push(input),
  });
  renderStory({ address, api });
  await userEvent.click(await screen.findByText(/^Playground:/));
  const power = await screen.findByRole('switch', { name: /^eu-1/ });
  expect(power).toBeChecked();
  await userEvent.click(power);
  await waitFor(() =>
    expect(screen.getByText('losing contact')).toBeInTheDocument(),
  );
  expect(power).not.toBeChecked();
  expect(asked).toEqual([{ cluster: 'eu-1', on: false }]);
});

it('goes to an instant and stays in it from page to page, until it goes back', async () => {
  renderStory({ address, api: fixtureApi() });
  await userEvent.click(await screen.findByRole('button', { name: 'Now' }));
  await userEvent.click(
    await screen.findByRole('menuitem', { name: 'Yesterday' }),
  );
  expect(await screen.findByText(/As it was on/)).toBeInTheDocument();
  const [tile] = await screen.findAllByRole('link', { name: /eu-1/ });
  expect(tile.getAttribute('href')).toMatch(
    /^\/callboard\/clusters\/eu-1\?at=/,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Back to now' }));
  await waitFor(() =>
    expect(screen.queryByText(/As it was on/)).not.toBeInTheDocument(),
  );
  expect(screen.getAllByRole('link', { name: /eu-1/ })[0]).toHaveAttribute(
    'href',
    '/callboard/clusters/eu-1',
  );
});

it('shows any instant that is over, and none that is to come', async () => {
  const asked: unknown[] = [];
  const api = fixtureApi({
    getFleet: async options => {
      if (options?.at) asked.push(options.at.toISOString());
      return fixtures.fleetSummary();
    },
  });
  renderStory({ address, api });
  await userEvent.click(await screen.findByRole('button', { name: 'Now' }));
  await userEvent.click(
    await screen.findByRole('menuitem', { name: 'Choose an instant…' }),
  );
  const instant = await screen.findByLabelText(/^Instant/);
  fireEvent.change(instant, { target: { value: '2999-01-01T10:00' } });
  await userEvent.click(screen.getByRole('button', { name: 'Show' }));
  expect(instant).toBeInvalid();
  fireEvent.change(instant, { target: { value: '2026-08-20T14:05' } });
  await userEvent.click(screen.getByRole('button', { name: 'Show' }));
  expect(
    await screen.findByText('20 August 2026, 14:05', { selector: 'strong' }),
  ).toBeInTheDocument();
  await waitFor(() =>
    expect(asked).toEqual([new Date('2026-08-20T14:05').toISOString()]),
  );
});

it('asks what if, as the address says and as is chosen, and leaves both clean', async () => {
  const asked: unknown[] = [];
  const api = fixtureApi({
    askWhatIf: async question => {
      asked.push(question.changes);
      return fixtures.whatIf();
    },
  });
  renderStory({ address, api });
  await userEvent.click(
    await screen.findByRole('button', { name: 'What if…' }),
  );
  expect(
    await screen.findByText(/Choose a cluster to see/),
  ).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: /Where/ }));
  await userEvent.click(await screen.findByRole('option', { name: 'us-1' }));
  await waitFor(() =>
    expect(asked).toEqual([[{ kind: 'drain', cluster: 'us-1' }]]),
  );
  await userEvent.click(screen.getByRole('radio', { name: 'Label' }));
  await userEvent.type(
    await screen.findByRole('textbox', { name: 'Label' }),
    'region=eu{Enter}',
  );
  await waitFor(() =>
    expect(asked.at(-1)).toEqual([
      { kind: 'label', cluster: 'us-1', key: 'region', value: 'eu' },
    ]),
  );
  expect(asked).toHaveLength(2); // not one for each letter
  await userEvent.click(screen.getByRole('button', { name: 'Close what if' }));
  await waitFor(() =>
    expect(screen.queryByText(/Draining eu-1/)).not.toBeInTheDocument(),
  );
});

it('shows the version that the address asks about, also one that no file has', async () => {
  renderStory({
    address: `${address}?ask=blueprint&on=runs%3Agolden&blueprint=golden%4099`,
    api: fixtureApi(),
  });
  expect(
    await screen.findByRole('button', { name: /golden 99/ }),
  ).toBeInTheDocument();
});

it('cordons several clusters, and says of each how it went', async () => {
  const asked: string[] = [];
  let isRefusing = true;
  renderStory({
    address: `${address}?sel=dev-1%2Ceu-1&several=cordon`,
    api: fixtureApi({
      scheduleCluster: async ({ cluster, to, why }) => {
        asked.push(`${to} ${cluster} ${why}`);
        if (cluster === 'eu-1' && isRefusing) await failing();
      },
    }),
  });
  const dialog = await screen.findByRole('dialog');
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: /Why/ }),
    'Disks',
  );
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Cordon 2 clusters' }),
  );
  expect(
    await within(dialog).findByText('Done on 1 of 2 clusters.'),
  ).toBeInTheDocument();
  expect(within(dialog).getByText(/does not answer/)).toBeInTheDocument();
  isRefusing = false;
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Try again on 1 cluster' }),
  );
  await waitFor(() =>
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
  );
  expect(asked).toEqual([
    'cordon dev-1 Disks',
    'cordon eu-1 Disks',
    'cordon eu-1 Disks',
  ]);
});

it('labels several clusters by hand, and says what counts', async () => {
  const labels: unknown[] = [];
  renderStory({
    address: `${address}?sel=dev-1%2Ceu-1&several=label`,
    api: fixtureApi({
      labelCluster: async input => {
        labels.push(input);
      },
    }),
  });
  const dialog = await screen.findByRole('dialog');
  expect(
    within(dialog).getByText(/counts instead of what the cluster's source/),
  ).toBeInTheDocument();
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: 'Key' }),
    'tier',
  );
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: 'Value' }),
    'gold',
  );
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Set label' }),
  );
  await waitFor(() =>
    expect(labels).toEqual([
      { cluster: 'dev-1', labels: { tier: 'gold' } },
      { cluster: 'eu-1', labels: { tier: 'gold' } },
    ]),
  );
});

it('marks no cluster and no fleet as broken when an app lacks clusters, and leads to the app', async () => {
  const clusters = fixtures.fleet().slice(0, 2);
  const api = fixtureApi({
    getFleet: async () =>
      fixtures.fleetSummary(clusters, {
        sentence: `${clusters.length} clusters, all live; 3 apps, 1 needs attention.`,
      }),
    listClusters: async () => clusters,
  });
  renderStory({ address, api });
  const link = await screen.findByRole('link', {
    name: '1 app needs attention',
  });
  expect(link).toHaveAttribute('href', '/callboard/apps?show=attention');
  const sentence = screen.getByText(/1 needs attention\.$/).closest('p')!;
  expect(within(sentence).queryByRole('img')).toBeNull();
  expect(document.querySelector('[data-status="Degraded"]')).toBeNull();
});

it('gives an empty fleet no mark: nothing is well and nothing is broken', async () => {
  const api = fixtureApi({
    getFleet: async () => fixtures.fleetSummary([]),
    listClusters: async () => [],
  });
  renderStory({ address, api });
  await screen.findByText('callboard.clusters');
  const sentences = screen.getAllByText(/^No cluster is registered yet/);
  for (const sentence of sentences)
    expect(
      within(sentence.closest('p') ?? sentence).queryByRole('img'),
    ).toBeNull();
  expect(document.querySelector('[data-status]')).toBeNull();
});

describe('a group of many clusters', () => {
  const forty = [
    ...fixtures.fleet(),
    ...Array.from({ length: 32 }, (_, index) =>
      fixtures.cluster(`store-${index + 1}`, { labels: { env: 'store' } }),
    ),
  ];
  const api = () =>
    fixtureApi({
      getFleet: async () => fixtures.fleetSummary(forty),
      listClusters: async () => forty,
    });
  const stores = () =>
    screen.findByRole('grid', { name: 'Clusters with env store' });
  const rowsOf = (table: HTMLElement) =>
    within(table)
      .getAllByRole('link', { name: /^store-/ })
      .map(({ textContent }) => textContent);

  it('shows the first by number, and all when asked', async () => {
    renderStory({ address, api: api() });
    expect(rowsOf(await stores())).toEqual(
      Array.from({ length: 10 }, (_, index) => `store-${index + 1}`),
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all 32 of store' }),
    );
    await waitFor(async () => expect(rowsOf(await stores())).toHaveLength(32));
    expect(screen.queryByRole('button', { name: /^Show all/ })).toBeNull();
  });

  it('is whole for those who search', async () => {
    renderStory({ address: `${address}?q=store`, api: api() });
    expect(rowsOf(await stores())).toHaveLength(32);
  });

  it('keeps what is selected in other groups and among folded rows', async () => {
    renderStory({ address: `${address}?sel=eu-1%2Cstore-30`, api: api() });
    const table = await stores();
    const [all, , second] = within(table).getAllByRole('checkbox');
    expect(all).not.toBePartiallyChecked();
    await userEvent.click(second);
    expect(await screen.findByText('3 clusters selected')).toBeInTheDocument();
  });
});

it('calls nothing a removal before a label is named', async () => {
  renderStory({
    address: `${address}?sel=dev-1%2Ceu-1&several=label`,
    api: fixtureApi(),
  });
  const dialog = await screen.findByRole('dialog');
  expect(
    within(dialog).getByRole('button', { name: 'Set label' }),
  ).toBeDisabled();
  await userEvent.type(
    within(dialog).getByRole('textbox', { name: 'Key' }),
    'tier',
  );
  expect(
    within(dialog).getByRole('button', { name: 'Take label away' }),
  ).toBeEnabled();
});
