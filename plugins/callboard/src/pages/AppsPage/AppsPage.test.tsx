import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { appsPageStories } from '../../stories/appsPage.stories';
import { fixtureApi } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { describeApps, needsAttention } from './arrangeApps';

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

describe('needsAttention', () => {
  it.each([
    { name: 'a healthy app', app: fixtures.app(), expected: false },
    {
      name: 'an app with a finding',
      app: fixtures.crashingApp(),
      expected: true,
    },
    {
      name: 'an app that is not seen somewhere',
      app: fixtures.staleApp(),
      expected: true,
    },
    { name: 'an app on its way', app: fixtures.rollingApp(), expected: false },
    {
      name: 'an app with too few clusters',
      app: fixtures.scarceApp(),
      expected: true,
    },
    {
      name: 'an app without a release',
      app: fixtures.emptyApp(),
      expected: false,
    },
  ])('$name: $expected', ({ app, expected }) => {
    expect(needsAttention(app)).toBe(expected);
  });
});

describe('describeApps', () => {
  it.each([
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
