import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../../stories/__testUtils__/renderStory';
import { failing, fixtureApi } from '../../../stories/fixtureApi';
import {
  historyStories,
  longHistory,
  pushEntries,
} from '../../../stories/history.stories';

const address = '/callboard/apps/checkout?tab=history';

describe('history of an app', () => {
  it.each(historyStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

it('reads older entries until its beginning', async () => {
  renderStory({ address, api: longHistory });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Show older' }),
  );
  expect(
    await screen.findByText('Release 42 of checkout was promoted to prod'),
  ).toBeInTheDocument();
  expect(screen.getByText('Wednesday, 19 August 2026')).toBeInTheDocument();
  expect(
    screen.getByText('This is where its history begins.'),
  ).toBeInTheDocument();
  expect(screen.getAllByText(/ana pushed/)).toHaveLength(30);
});

it('keeps what was read when older entries cannot be', async () => {
  const items = pushEntries(5, { release: 44, message: 'Fix' });
  renderStory({
    address,
    api: fixtureApi({
      readJournalPage: ({ cursor }) =>
        cursor ? failing() : Promise.resolve({ items, nextCursor: 'older' }),
    }),
  });
  await userEvent.click(
    await screen.findByRole('button', { name: 'Show older' }),
  );
  await screen.findByText(/Older entries could not be read/);
  expect(screen.getByText(/ana pushed “Fix”/)).toBeInTheDocument();
});

it('unfolds what a push did', async () => {
  renderStory({ address, api: longHistory });
  const title = await screen.findByText('ana pushed “Change 72” → release 72');
  const group = title.closest('details')!;
  expect(group.open).toBe(false);
  await userEvent.click(title);
  expect(group.open).toBe(true);
  expect(within(group).getByText('"Change 72" was pushed')).toBeInTheDocument();
});

it('says of a release that it came from the repository that the app follows', async () => {
  renderStory({
    address,
    api: fixtureApi({
      readJournalPage: async () => ({
        items: pushEntries(5, {
          release: 44,
          message: 'Fix',
          actor: 'system:source',
        }),
      }),
    }),
  });
  expect(
    await screen.findByText('“Fix” came from its repository → release 44'),
  ).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: /Who/ }));
  expect(
    await screen.findByRole('option', { name: 'Its repository' }),
  ).toBeInTheDocument();
});

it('asks the API for the kind that is chosen', async () => {
  const asked: unknown[] = [];
  renderStory({
    address,
    api: fixtureApi({
      readJournalPage: async ({ kind }) => {
        asked.push(kind);
        return { items: pushEntries(5, { release: 44, message: 'Fix' }) };
      },
    }),
  });
  await screen.findByText(/ana pushed “Fix”/);
  await userEvent.click(screen.getByRole('button', { name: /Kind/ }));
  await userEvent.click(await screen.findByRole('option', { name: 'Health' }));
  await waitFor(() => expect(asked).toContain('health'));
});

it('shows what changed last beside the overview, a push as one line', async () => {
  renderStory({
    address: '/callboard/apps/checkout',
    api: fixtureApi({
      readJournalPage: async () => ({
        items: pushEntries(5, { release: 44, message: 'Fix' }),
      }),
    }),
  });
  const title = await screen.findByText('ana pushed “Fix” → release 44');
  const latest = within(screen.getByRole('region', { name: 'What changed' }));
  expect(latest.getAllByText(/→ release 44/)).toHaveLength(1);
  expect(title.closest('details')!.open).toBe(false);
});
