// The page that the tab stands on.
// eslint-disable-next-line @backstage/no-mixed-plugin-imports
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import { ProblemError } from '@callboard/plugin-callboard-common';
import type { CallboardApi } from '@callboard/plugin-callboard-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { fixtureApi } from '../../stories/fixtureApi';
import { gitTokensStories } from '../../stories/gitTokens.stories';
import { gitTokens, issuedGitToken } from '../../stories/tokenFixtures';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { features, renderStory } from '../../stories/__testUtils__/renderStory';
import './GitTokensContent';

const address = '/settings/git-tokens';
const { token } = issuedGitToken();

beforeAll(() => {
  features.push(userSettingsPlugin);
});

const open = (over: Partial<CallboardApi> = {}) =>
  renderStory({ address, api: fixtureApi(over) });
const press = (name: string | RegExp) =>
  screen.findByRole('button', { name }).then(it => userEvent.click(it));
const dialog = async () => within(await screen.findByRole('dialog'));
const isGone = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

describe('git tokens', () => {
  it.each(gitTokensStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });

  it('creates one for an app and shows it once, with the line that uses it', async () => {
    const created: unknown[] = [];
    open({
      createGitToken: async asked => {
        created.push(asked);
        return issuedGitToken();
      },
    });
    await press('Create a token');
    const form = await dialog();
    await userEvent.click(form.getByRole('button', { name: 'Create it' }));
    await form.findByText('A token needs a name');
    await userEvent.type(form.getByLabelText(/^Name/), 'ci');
    await userEvent.click(form.getByRole('button', { name: /Good for/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Git, for checkout alone' }),
    );
    await userEvent.click(form.getByRole('button', { name: 'Create it' }));
    await isGone();
    expect(created).toEqual([
      { name: 'ci', app: 'checkout', expiresInDays: 90 },
    ]);
    const shown = await screen.findByRole('group', {
      name: 'The token ci of checkout is created',
    });
    await waitFor(() => expect(shown).toHaveFocus());
    within(shown).getByText(token);
    await within(shown).findByText(
      `git push http://git:${token}@localhost:7007/api/callboard/git/checkout.git main`,
    );
    await press('I have kept it');
    await waitFor(() => expect(document.body.innerHTML).not.toContain(token));
  });

  it('creates one for the command line, and says what asks for it', async () => {
    const created: unknown[] = [];
    open({
      createGitToken: async asked => {
        created.push(asked);
        return issuedGitToken();
      },
    });
    await press('Create a token');
    const form = await dialog();
    await userEvent.type(form.getByLabelText(/^Name/), 'terminal');
    await userEvent.click(form.getByRole('button', { name: /Good for/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'The command line, for me' }),
    );
    await userEvent.click(form.getByRole('button', { name: 'Create it' }));
    await isGone();
    expect(created).toEqual([
      { name: 'terminal', scope: 'api', expiresInDays: 90 },
    ]);
    const shown = await screen.findByRole('group', {
      name: 'The token terminal is created',
    });
    within(shown).getByText('npx callboard login --portal http://localhost');
    expect(within(shown).queryByText(/git push/)).toBeNull();
  });

  it('offers no more days than the platform allows', async () => {
    open();
    await screen.findByText('4 tokens');
    await press('Create a token');
    const form = await dialog();
    await userEvent.click(form.getByRole('button', { name: /Expires in/ }));
    await screen.findByRole('option', { name: '200 days' });
    expect(screen.queryByRole('option', { name: '365 days' })).toBeNull();
  });

  it('says why none was created', async () => {
    open({
      createGitToken: async () => {
        throw new ProblemError({
          code: 'git-token-name-taken',
          what: 'Cannot create the git token "laptop"',
          why: 'you have one of this name',
          next: 'Choose another name',
          transient: false,
        });
      },
    });
    await press('Create a token');
    const form = await dialog();
    await userEvent.type(form.getByLabelText(/^Name/), 'laptop');
    await userEvent.click(form.getByRole('button', { name: 'Create it' }));
    expect(
      await form.findByText('Cannot create the git token "laptop"'),
    ).toBeInTheDocument();
  });

  it('revokes one after it was confirmed', async () => {
    const revoked: string[] = [];
    open({
      listGitTokens: async () => {
        const { items, maxDays } = gitTokens();
        return {
          maxDays,
          items: items.filter(({ id }) => !revoked.includes(id)),
        };
      },
      revokeGitToken: async id => void revoked.push(id),
    });
    await press('Revoke ci of checkout');
    const asked = await dialog();
    asked.getByText('Revoke the token ci of checkout');
    expect(revoked).toEqual([]);
    await userEvent.click(asked.getByRole('button', { name: 'Revoke' }));
    await isGone();
    expect(revoked).toEqual(['ci-1']);
    await screen.findByText('3 tokens');
  });
});
