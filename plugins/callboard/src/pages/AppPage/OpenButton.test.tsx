import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fixtureApi } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';
import { renderStory } from '../../stories/__testUtils__/renderStory';

const address = '/callboard/apps/checkout';

it('offers every place where the app answers, the furthest first', async () => {
  renderStory({ address, api: fixtureApi() });
  await userEvent.click(await screen.findByRole('button', { name: 'Open' }));
  const items = await screen.findAllByRole('menuitem');
  expect(items).toHaveLength(4);
  expect(items[0]).toHaveTextContent(/^Production on ap-1/);
  expect(items[0]).toHaveAttribute('target', '_blank');
  expect(items[3]).toHaveTextContent(/^Development on dev-1/);
});

it('offers an app that has names of its own by environment', async () => {
  const { environments } = fixtures.app();
  const named = environments.map(environment => ({
    ...environment,
    url: `http://checkout.${environment.name}.localhost:7007`,
  }));
  renderStory({
    address,
    api: fixtureApi({
      getApp: async () => fixtures.app({ environments: named }),
    }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Open' }));
  const items = await screen.findAllByRole('menuitem');
  expect(items.map(item => item.textContent)).toEqual([
    'Production (checkout.prod.localhost:7007)',
    'Development (checkout.dev.localhost:7007)',
  ]);
  expect(
    screen.getByRole('link', {
      name: 'checkout.dev.localhost:7007',
      hidden: true,
    }),
  ).toHaveAttribute('href', 'http://checkout.dev.localhost:7007');
});

it('leads there at once where there is one, and says which', async () => {
  const { environments } = fixtures.app();
  renderStory({
    address,
    api: fixtureApi({
      getApp: async () => fixtures.app({ environments: [environments[0]] }),
    }),
  });
  expect(
    await screen.findByRole('link', { name: /^Open: Development on dev-1/ }),
  ).toHaveAttribute('target', '_blank');
});

it('leads to the address of the environment, and says of one that no cluster leads there', async () => {
  const [dev] = fixtures.app().environments;
  const addressed = {
    ...dev,
    url: 'https://checkout.example.com',
    addresses: [
      { url: 'https://checkout.example.com', accepted: true },
      { url: 'https://www.example.com/shop', accepted: false },
    ],
  };
  renderStory({
    address,
    api: fixtureApi({
      getApp: async () => fixtures.app({ environments: [addressed] }),
    }),
  });
  expect(
    await screen.findByRole('link', { name: 'Open: Development' }),
  ).toHaveAttribute('href', 'https://checkout.example.com');
  const step = within(screen.getByTestId(`environment-${dev.name}`));
  expect(
    step.getByRole('link', { name: 'www.example.com/shop' }),
  ).toHaveAttribute('href', 'https://www.example.com/shop');
  expect(step.getAllByText('No cluster leads there yet')).toHaveLength(1);
});
