import { ProblemError } from '@callboard/plugin-callboard-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf, pageText } from '../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { addClusterPageStories } from '../../stories/addClusterPage.stories';
import { fixtureApi } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';

const address = '/callboard/add-cluster';

describe('page to add a cluster', () => {
  it.each(addClusterPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

it('checks the name while it is typed', async () => {
  renderStory({ address, api: fixtureApi() });
  const name = await screen.findByRole('textbox', { name: /^Name/ });
  await userEvent.type(name, 'Store');
  expect(name).toBeInvalid();
  expect(name).toHaveAccessibleDescription(/capital letter "S"/);
  await userEvent.clear(name);
  await userEvent.type(name, 'eu-1');
  expect(name).toHaveAccessibleDescription(/"eu-1" is there already/);
  await userEvent.clear(name);
  await userEvent.type(name, 'store-7');
  expect(name).toBeValid();
});

it('sends nothing that is faulty, and says what is missing', async () => {
  const registerCluster = jest.fn();
  renderStory({ address, api: fixtureApi({ registerCluster }) });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Add cluster' }),
  );
  expect(screen.getByText(/The name is empty/)).toBeInTheDocument();
  expect(registerCluster).not.toHaveBeenCalled();
});

it('adds what was described and goes on where its joining is seen, with the line to run', async () => {
  const asked: unknown[] = [];
  renderStory({
    address,
    api: fixtureApi({
      registerCluster: async cluster => {
        asked.push(cluster);
        return fixtures.clusterRegistration(cluster.name);
      },
      getCluster: async () => fixtures.joiningCluster(1),
    }),
  });
  await userEvent.type(
    await screen.findByRole('textbox', { name: /^Name/ }),
    'store-7',
  );
  await userEvent.click(
    screen.getByRole('button', { name: 'Set env to edge' }),
  );
  await userEvent.click(screen.getByRole('button', { name: 'Add a label' }));
  await userEvent.type(
    screen.getByRole('textbox', { name: 'Key of label 3' }),
    'size',
  );
  await userEvent.type(
    screen.getByRole('textbox', { name: 'Value of size' }),
    'small',
  );
  await userEvent.click(screen.getByRole('radio', { name: /^Edge/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Add cluster' }));
  await waitFor(() => expect(pageText()).toContain('store-7 is registered'));
  expect(asked).toEqual([
    {
      name: 'store-7',
      labels: { env: 'edge', size: 'small' },
      blueprint: 'edge',
    },
  ]);
  expect(
    await screen.findByText(fixtures.clusterRegistration().join.command),
  ).toBeInTheDocument();
});

it('adds a cluster without a blueprint', async () => {
  const asked: unknown[] = [];
  renderStory({
    address,
    api: fixtureApi({
      registerCluster: async cluster => {
        asked.push(cluster);
        return fixtures.clusterRegistration(cluster.name);
      },
      getCluster: async () => fixtures.joiningCluster(1),
    }),
  });
  await userEvent.type(
    await screen.findByRole('textbox', { name: /^Name/ }),
    'store-7',
  );
  await userEvent.click(screen.getByRole('radio', { name: /^No blueprint/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Add cluster' }));
  await waitFor(() => expect(pageText()).toContain('store-7 is registered'));
  expect(asked).toEqual([{ name: 'store-7', labels: {} }]);
});

it('says how its apps are reached, with an address where that needs one', async () => {
  const asked: unknown[] = [];
  renderStory({
    address,
    api: fixtureApi({
      registerCluster: async cluster => {
        asked.push(cluster);
        return fixtures.clusterRegistration(cluster.name);
      },
      getCluster: async () => fixtures.joiningCluster(1),
    }),
  });
  await userEvent.type(
    await screen.findByRole('textbox', { name: /^Name/ }),
    'store-7',
  );
  expect(
    screen.getByRole('radio', { name: /^From inside only/ }),
  ).toBeChecked();
  await userEvent.click(
    screen.getByRole('radio', { name: /^Through a port of its nodes/ }),
  );
  const machine = screen.getByRole('textbox', { name: /^Address/ });
  await userEvent.click(screen.getByRole('button', { name: 'Add cluster' }));
  expect(machine).toHaveAccessibleDescription(/The address is empty/);
  expect(asked).toEqual([]);
  await userEvent.type(machine, '10.0.0.7');
  expect(machine).toBeValid();
  await userEvent.click(screen.getByRole('button', { name: 'Add cluster' }));
  await waitFor(() => expect(pageText()).toContain('store-7 is registered'));
  expect(asked).toEqual([
    expect.objectContaining({
      exposure: { type: 'NodePort', host: '10.0.0.7' },
    }),
  ]);
});

it('keeps what was typed when the portal refuses', async () => {
  renderStory({
    address,
    api: fixtureApi({
      registerCluster: async () => {
        throw new ProblemError({
          code: 'cluster-exists',
          what: 'Cannot add cluster "store-7"',
          why: 'it was added a minute ago by bo',
          next: 'Choose another name',
          transient: false,
        });
      },
    }),
  });
  const name = await screen.findByRole('textbox', { name: /^Name/ });
  await userEvent.type(name, 'store-7');
  await userEvent.click(screen.getByRole('button', { name: 'Add cluster' }));
  await waitFor(() =>
    expect(screen.getByRole('alert')).toHaveTextContent(
      'It was added a minute ago by bo.',
    ),
  );
  expect(name).toHaveValue('store-7');
});

it('keeps what was typed when the page is drawn again, as when a screen is turned', async () => {
  const api = fixtureApi();
  const { unmount } = renderStory({ address, api });
  await userEvent.type(
    await screen.findByRole('textbox', { name: /^Name/ }),
    'store-7',
  );
  unmount();
  renderStory({ address, api });
  expect(await screen.findByRole('textbox', { name: /^Name/ })).toHaveValue(
    'store-7',
  );
});
