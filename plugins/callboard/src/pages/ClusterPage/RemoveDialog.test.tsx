import { type Cluster, ProblemError } from '@callboard/plugin-callboard-common';
import type { CallboardApi } from '@callboard/plugin-callboard-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { fixtureApi } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';

const busy: Cluster = {
  ...fixtures.joiningCluster(6),
  apps: fixtures.cluster('eu-1').apps,
};

/** The dialog of a cluster's page, opened. */
async function ask(
  cluster: Cluster,
  api: Partial<CallboardApi> = {},
): Promise<HTMLElement> {
  renderStory({
    address: `/callboard/clusters/${cluster.name}`,
    api: fixtureApi({ getCluster: async () => cluster, ...api }),
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Manage' }));
  await userEvent.click(
    await screen.findByRole('menuitem', { name: 'Remove…' }),
  );
  return screen.findByRole('dialog');
}

it('says what happens to the apps, recommends to drain, and wants the name', async () => {
  const removed: string[] = [];
  const questions: unknown[] = [];
  const dialog = await ask(busy, {
    askWhatIf: async ({ changes }) => {
      questions.push(...changes);
      return fixtures.whatIf();
    },
    removeCluster: async name => {
      removed.push(name);
      return { name, apps: busy.apps, data: [] };
    },
  });
  await waitFor(() =>
    expect(dialog).toHaveTextContent(`${fixtures.whatIf().sentence}.`),
  );
  expect(questions).toEqual([{ kind: 'lose', cluster: 'store-7' }]);
  expect(within(dialog).getByText(/^Data that stays/)).toBeInTheDocument();
  expect(dialog).toHaveTextContent(
    'The data of orders (postgres) and receipts (s3) stays on eu-1',
  );
  expect(dialog).toHaveTextContent('Better drain it first.');
  const confirm = within(dialog).getByRole('button', {
    name: 'Remove store-7',
  });
  expect(confirm).toBeDisabled();
  const name = within(dialog).getByRole('textbox');
  await userEvent.type(name, 'store-8');
  expect(confirm).toBeDisabled();
  await userEvent.clear(name);
  await userEvent.type(name, 'store-7');
  await userEvent.click(confirm);
  expect(await screen.findByText('Map')).toBeInTheDocument();
  expect(removed).toEqual(['store-7']);
});

it('goes over to draining', async () => {
  const dialog = await ask(busy, { askWhatIf: async () => fixtures.whatIf() });
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Drain it first' }),
  );
  expect(
    await screen.findByRole('button', { name: 'Drain store-7' }),
  ).toBeInTheDocument();
});

it('removes an empty cluster without more ado', async () => {
  const removed: string[] = [];
  const dialog = await ask(fixtures.joiningCluster(6), {
    removeCluster: async name => {
      removed.push(name);
      return { name, apps: [], data: [] };
    },
  });
  expect(dialog).toHaveTextContent('No app runs there');
  expect(dialog).toHaveTextContent('Its agent is revoked');
  expect(within(dialog).queryByRole('textbox')).not.toBeInTheDocument();
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Remove store-7' }),
  );
  await waitFor(() => expect(removed).toEqual(['store-7']));
});

it('stays and says why when it is refused', async () => {
  const dialog = await ask(fixtures.joiningCluster(6), {
    removeCluster: async () => {
      throw new ProblemError({
        code: 'not-allowed',
        what: 'Cannot remove cluster "store-7"',
        why: 'only the platform team may',
        next: 'Ask it',
        transient: false,
      });
    },
  });
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Remove store-7' }),
  );
  expect(await within(dialog).findByRole('alert')).toHaveTextContent(
    'Only the platform team may.',
  );
});

it.each([
  {
    kind: 'playground' as const,
    says: 'Switch it off on the fleet page',
  },
  {
    kind: 'kubeconfig' as const,
    says: 'take it out of callboard.clusters',
  },
])('says where a cluster by $kind is removed', async ({ kind, says }) => {
  const dialog = await ask(
    fixtures.cluster('eu-1', {
      connection: { kind, since: null, roundTripMs: null },
    }),
  );
  expect(dialog).toHaveTextContent('It cannot be removed here.');
  expect(dialog).toHaveTextContent(says);
  expect(
    within(dialog).queryByRole('button', { name: /^Remove/ }),
  ).not.toBeInTheDocument();
});
