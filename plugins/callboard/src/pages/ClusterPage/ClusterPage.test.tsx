import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf, pageText } from '../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { clusterPageStories } from '../../stories/clusterPage.stories';
import { failing, fixtureApi } from '../../stories/fixtureApi';
import { drainingCluster, whatIf } from '../../stories/fixtures';

describe('cluster page', () => {
  it.each(clusterPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

async function choose(name: string): Promise<void> {
  await userEvent.click(await screen.findByRole('button', { name: 'Manage' }));
  await userEvent.click(await screen.findByRole('menuitem', { name }));
}

it('offers what makes sense', async () => {
  renderStory({
    address: '/callboard/clusters/eu-1',
    api: fixtureApi({ getCluster: async () => drainingCluster('eu-1') }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Manage' }));
  const items = await screen.findAllByRole('menuitem');
  expect(items.map(({ textContent }) => textContent)).toEqual([
    'Accept apps again…',
    'What if it is lost?',
    'Remove…',
  ]);
});

it('rehearses a drain, and does it with its reason', async () => {
  const done: unknown[] = [];
  const asked: unknown[] = [];
  const api = fixtureApi({
    askWhatIf: async ({ changes }) => {
      asked.push(...changes);
      return whatIf();
    },
    scheduleCluster: async input => void done.push(input),
  });
  renderStory({ address: '/callboard/clusters/eu-1', api });
  await choose('Drain…');
  await waitFor(() =>
    expect(pageText()).toContain(
      'Draining eu-1 moves 3 apps (2 instances); 1 has nowhere else to run.',
    ),
  );
  expect(asked).toEqual([{ kind: 'drain', cluster: 'eu-1' }]);
  expect(done).toEqual([]);
  await userEvent.type(screen.getByRole('textbox', { name: 'Why' }), ' Disks ');
  await userEvent.click(screen.getByRole('button', { name: 'Drain eu-1' }));
  await waitFor(() =>
    expect(done).toEqual([{ cluster: 'eu-1', to: 'drain', why: 'Disks' }]),
  );
  await waitFor(() =>
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
  );
});

it('says why a cordon is refused, and stays', async () => {
  const api = fixtureApi({ scheduleCluster: () => failing() });
  renderStory({ address: '/callboard/clusters/eu-1', api });
  await choose('Cordon…');
  await userEvent.click(
    await screen.findByRole('button', { name: 'Cordon eu-1' }),
  );
  expect(await screen.findByText('Cannot read the record')).toBeInTheDocument();
});

it('leads to the question what if it is lost', async () => {
  renderStory({ address: '/callboard/clusters/eu-1', api: fixtureApi() });
  await userEvent.click(await screen.findByRole('button', { name: 'Manage' }));
  expect(
    await screen.findByRole('menuitem', { name: 'What if it is lost?' }),
  ).toHaveAttribute('href', '/callboard?ask=lose&on=eu-1');
});
