import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { fixtureApi } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';
import { joinPageStories } from '../../stories/joinPage.stories';

const address = '/callboard/clusters/store-7/join';

describe('page of a joining cluster', () => {
  it.each(joinPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

it('makes a new line and shows it', async () => {
  const renewed: string[] = [];
  renderStory({
    address,
    api: fixtureApi({
      getCluster: async () => fixtures.joiningCluster(1),
      renewRegistration: async name => {
        renewed.push(name);
        return fixtures.clusterRegistration(name);
      },
    }),
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Make a new command' }),
  );
  expect(
    await screen.findByText(fixtures.clusterRegistration().join.command),
  ).toBeInTheDocument();
  expect(renewed).toEqual(['store-7']);
});

it('moves on by itself and announces how far it is', async () => {
  let done = 2;
  renderStory({
    address,
    api: fixtureApi({ getCluster: async () => fixtures.joiningCluster(done) }),
  });
  const steps = await screen.findByRole('list', { name: 'Steps' });
  expect(steps.querySelector('[aria-current="step"]')).toHaveTextContent(
    'Connected',
  );
  done = 6;
  await waitFor(() =>
    expect(screen.getByRole('status')).toHaveTextContent(
      'store-7 has joined the fleet.',
    ),
  );
  expect(screen.getByRole('link', { name: 'Open store-7' })).toHaveAttribute(
    'href',
    '/callboard/clusters/store-7',
  );
});

it('lets an agent join again, and shows the new line alone', async () => {
  let done = 6;
  renderStory({
    address,
    api: fixtureApi({
      getCluster: async () => fixtures.joiningCluster(done),
      renewRegistration: async name => {
        done = 1;
        return fixtures.clusterRegistration(name);
      },
    }),
  });
  const { command } = fixtures.clusterRegistration().join;
  const renew = await screen.findByRole('button', {
    name: 'Make a new command',
  });
  expect(screen.queryByText(command)).not.toBeInTheDocument();
  await userEvent.click(renew);
  expect(await screen.findByText(command)).toBeInTheDocument();
  expect(screen.queryByText('Join again')).not.toBeInTheDocument();
});
