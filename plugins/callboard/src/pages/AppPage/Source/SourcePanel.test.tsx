import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type {
  AppSource,
  AppSourceAnswer,
} from '@callboard/plugin-callboard-common';
import { fixtureApi } from '../../../stories/fixtureApi';
import * as fixtures from '../../../stories/fixtures';
import { renderStory } from '../../../stories/__testUtils__/renderStory';

const address = '/callboard/apps/checkout';
const COMMIT = '1a2b3c4d'.repeat(5);
const SOURCE: AppSource = {
  url: 'https://git.example/acme/checkout',
  branch: 'main',
  connectedBy: 'user:default/ana',
  connectedAt: '2026-11-20T09:00:00.000Z',
  checkedAt: '2026-11-20T09:59:00.000Z',
  commit: COMMIT,
  revision: COMMIT,
};

it('connects an app to a branch, and shows then what it follows', async () => {
  let answer: AppSourceAnswer = { hosts: ['GitHub', 'GitLab'] };
  const asked: unknown[] = [];
  const api = fixtureApi({
    getSource: async () => answer,
    connectSource: async (app, source) => {
      asked.push([app, source]);
      answer = { ...answer, source: SOURCE };
      return answer;
    },
  });
  renderStory({ address, api });
  await screen.findByText('Is the code on GitHub or GitLab already?');
  await userEvent.click(
    screen.getByRole('button', { name: 'Connect a repository' }),
  );
  const dialog = await screen.findByRole('dialog');
  const confirm = within(dialog).getByRole('button', { name: 'Connect' });
  expect(confirm).toBeDisabled();
  await userEvent.type(
    within(dialog).getByLabelText(/^Repository/),
    SOURCE.url,
  );
  await userEvent.type(
    within(dialog).getByLabelText(/^Folder/),
    'services/api',
  );
  await userEvent.click(confirm);
  await waitFor(() =>
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
  );
  expect(asked).toEqual([
    ['checkout', { url: SOURCE.url, branch: 'main', path: 'services/api' }],
  ]);
  expect(
    await screen.findByRole('link', { name: 'git.example/acme/checkout' }),
  ).toHaveAttribute('href', SOURCE.url);
  expect(screen.getByText('1a2b3c4')).toBeInTheDocument();
  expect(screen.queryByText(/git push/)).not.toBeInTheDocument();
});

it('says which commit is refused and that what ran runs on, and disconnects', async () => {
  let source: AppSource | undefined = {
    ...SOURCE,
    problem: {
      code: 'score-invalid',
      what: 'Cannot read the workload score.yaml',
      why: '`imago` is not a field',
      next: 'Rename it to `image`',
      transient: false,
    },
  };
  const api = fixtureApi({
    getSource: async () => ({ hosts: [], ...(source && { source }) }),
    disconnectSource: async () => {
      source = undefined;
    },
  });
  renderStory({ address, api });
  expect(
    await screen.findByText(
      'Commit 1a2b3c4 is not released. What ran before runs on.',
    ),
  ).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Disconnect' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog).toHaveTextContent('What runs stays');
  await userEvent.click(
    within(dialog).getByRole('button', { name: 'Disconnect' }),
  );
  expect(await screen.findByText(/git push origin main/)).toBeInTheDocument();
});

it('says beside each environment what came from the repository', async () => {
  const { environments, ...app } = fixtures.app();
  const [dev, ...others] = environments;
  const api = fixtureApi({
    getApp: async () => ({
      ...app,
      environments: [{ ...dev, releasedBy: 'system:source' }, ...others],
    }),
  });
  renderStory({ address, api });
  expect(await screen.findByTestId('environment-dev')).toHaveTextContent(
    /From its repository, \d/,
  );
  expect(screen.getByTestId('environment-prod')).toHaveTextContent(/bo, \d/);
});
