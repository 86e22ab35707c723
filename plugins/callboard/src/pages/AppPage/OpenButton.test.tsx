import { screen } from '@testing-library/react';
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
