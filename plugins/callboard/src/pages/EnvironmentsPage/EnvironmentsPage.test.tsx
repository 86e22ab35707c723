import { screen } from '@testing-library/react';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { environmentsPageStories } from '../../stories/environmentsPage.stories';
import { fixtureApi } from '../../stories/fixtureApi';

describe('environments page', () => {
  it.each(environmentsPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });

  it('leads to the apps in need and to the clusters', async () => {
    renderStory({ address: '/callboard/environments', api: fixtureApi() });
    expect(
      await screen.findByRole('link', { name: 'checkout' }),
    ).toHaveAttribute('href', '/callboard/apps/checkout');
    expect(
      screen.getAllByRole('link', { name: 'dev-1 · Desk' })[0],
    ).toHaveAttribute('href', '/callboard/clusters/dev-1');
  });
});
