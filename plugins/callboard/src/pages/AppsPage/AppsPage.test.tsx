import type { App } from '@callboard/plugin-callboard-common';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { appsPageStories } from '../../stories/appsPage.stories';
import { fixtureApi } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { describeApps } from './arrangeApps';

describe('apps page', () => {
  it.each(appsPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

it('shows all again from an empty search', async () => {
  renderStory({ address: '/callboard/apps?q=nowhere', api: fixtureApi() });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Show all' }),
  );
  await waitFor(() => expect(screen.getByText('Checkout')).toBeInTheDocument());
});

/** An app whose clusters were out of contact since Callboard started. */
function unreadApp(): App {
  const app = fixtures.app();
  const health = {
    status: 'Unknown',
    reason: 'LastSeen',
    message: 'last seen less than 1 min ago, was healthy then',
  } as const;
  return {
    ...app,
    environments: app.environments.map(environment => ({
      ...environment,
      health,
      freshness: 'stale',
      clusters: environment.clusters.map(cluster => ({
        ...cluster,
        health,
        freshness: 'stale',
        reading: true,
      })),
    })),
  };
}

describe('describeApps', () => {
  it.each([
    { apps: [unreadApp()], expected: '1 app; 1 being read after a start.' },
    {
      apps: [unreadApp(), fixtures.crashingApp(), fixtures.app()],
      expected: '3 apps; 1 needs attention, 1 being read after a start.',
    },
    { apps: [fixtures.app()], expected: '1 app; none needs attention.' },
    {
      apps: [fixtures.app(), fixtures.crashingApp()],
      expected: '2 apps; 1 needs attention.',
    },
    {
      apps: [fixtures.staleApp(), fixtures.crashingApp()],
      expected: '2 apps; 2 need attention.',
    },
  ])('$expected', ({ apps, expected }) => {
    expect(describeApps(apps)).toBe(expected);
  });
});
