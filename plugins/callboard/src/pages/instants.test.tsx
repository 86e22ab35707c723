import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../stories/__testUtils__/faultsOf';
import { renderStory } from '../stories/__testUtils__/renderStory';
import { failing, fixtureApi } from '../stories/fixtureApi';
import * as fixtures from '../stories/fixtures';
import { gapStories, instantStories } from '../stories/instants.stories';

describe('an instant that cannot be shown', () => {
  it.each(instantStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

describe('an instant at which no portal was running', () => {
  it.each(gapStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

it('says nothing of gaps at an instant at which one was running', async () => {
  renderStory({
    address: '/callboard?at=2020-01-02T00:00:00Z',
    api: fixtureApi(),
  });
  await screen.findByText(/8 clusters/);
  expect(screen.queryByText(/No portal was running/)).toBeNull();
});

it('asks nothing for an address that names no instant', async () => {
  const asked = jest.fn(async () => fixtures.fleet());
  renderStory({
    address: '/callboard?at=2026-02-31T00:00:00Z',
    api: fixtureApi({ listClusters: asked }),
  });
  await screen.findByText('The address names no instant');
  expect(asked).not.toHaveBeenCalled();
});

it('leads to the first known instant, and back to now', async () => {
  renderStory({
    address: '/callboard?at=2019-06-01T00:00:00Z',
    api: fixtureApi(),
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Show the first known instant' }),
  );
  await screen.findByText(/As it was on/);
  expect(await screen.findByText(/8 clusters/)).toBeInTheDocument();
});

it('shows the past where nobody says since when it is known', async () => {
  renderStory({
    address: '/callboard?at=2019-06-01T00:00:00Z',
    api: fixtureApi({ getHistory: () => failing() }),
  });
  expect(await screen.findByText(/As it was on/)).toBeInTheDocument();
});

it('shows a fleet without clusters without a mark', async () => {
  const { container } = renderStory({
    address: '/callboard?at=2020-01-02T00:00:00Z',
    api: fixtureApi({
      getFleet: async () => fixtures.fleetSummary([]),
      listClusters: async () => [],
    }),
  });
  await screen.findByText('No cluster was registered at this time');
  expect(
    container.querySelector('[role="status"] svg[data-status]'),
  ).toBeNull();
  expect(screen.queryByText('npm start')).not.toBeInTheDocument();
});
