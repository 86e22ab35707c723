import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { fleetPageStories } from '../../stories/fleetPage.stories';
import { fixtureApi } from '../../stories/fixtureApi';
import { renderStory } from '../../stories/__testUtils__/renderStory';

const address = '/callboard';

describe('fleet page', () => {
  it.each(fleetPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

it('answers a search while typing, reached by the key /', async () => {
  renderStory({ address, api: fixtureApi() });
  await screen.findByText('eu · 5');
  await userEvent.keyboard('/');
  await userEvent.keyboard('pci');
  expect(screen.getByRole('searchbox')).toHaveValue('pci');
  await waitFor(() => expect(screen.getByText('eu · 1')).toBeInTheDocument());
  expect(screen.queryByText('us · 2')).not.toBeInTheDocument();
});

it('moves over the map with the arrow keys and says what is in focus', async () => {
  renderStory({ address, api: fixtureApi() });
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

it('switches a simulated cluster off and stands as asked until the fleet shows it', async () => {
  const asked: unknown[] = [];
  const api = fixtureApi({
    setClusterPower: async input => void asked.push(input),
  });
  renderStory({ address, api });
  const power = await screen.findByRole('switch', { name: 'eu-1' });
  expect(power).toBeChecked();
  await userEvent.click(power);
  await waitFor(() =>
    expect(screen.getByText('falling silent')).toBeInTheDocument(),
  );
  expect(power).not.toBeChecked();
  expect(asked).toEqual([{ cluster: 'eu-1', on: false }]);
});
