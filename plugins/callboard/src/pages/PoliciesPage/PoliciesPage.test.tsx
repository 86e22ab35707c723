import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { fixtureApi } from '../../stories/fixtureApi';
import { policiesPageStories } from '../../stories/policiesPage.stories';
import { policyTrial } from '../../stories/policyFixtures';

const address = '/callboard/policies';
const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));
const dialog = async () => within(await screen.findByRole('dialog'));
const isGone = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

describe('policies page', () => {
  it.each(policiesPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });

  it('says what a policy would have refused', async () => {
    const asked: unknown[] = [];
    renderStory({
      address,
      api: fixtureApi({
        tryPolicy: async (...of) => {
          asked.push(of);
          return policyTrial();
        },
      }),
    });
    await press(
      'Try Services are reached through a gateway on the last 30 days',
    );
    await screen.findByText(
      /In the last 30 days it would have refused 1 of 211 promotions/,
    );
    expect(asked).toEqual([['no-open-ports', 30]]);
  });

  it('makes an exception that says why, and ends one', async () => {
    const made: unknown[] = [];
    const ended: string[] = [];
    renderStory({
      address,
      api: fixtureApi({
        createException: async asked => {
          made.push(asked);
          return {
            id: 'two',
            createdBy: 'user:default/ana',
            createdAt: asked.until,
            ...asked,
          };
        },
        endException: async id => void ended.push(id),
      }),
    });
    await press(
      'Make an exception from Services are reached through a gateway',
    );
    const form = await dialog();
    const confirm = () =>
      userEvent.click(form.getByRole('button', { name: 'Make it' }));
    await confirm();
    await form.findByText('Say why it is needed');
    await userEvent.type(form.getByLabelText(/^For/), 'checkout/prod');
    await userEvent.type(form.getByLabelText(/^Why/), 'It moves');
    await confirm();
    await isGone();
    expect(made).toEqual([
      {
        policy: 'no-open-ports',
        target: 'checkout/prod',
        why: 'It moves',
        until: expect.stringMatching(/Z$/),
      },
    ]);
    await press('End the exception for ledger/prod');
    await userEvent.click(
      (await dialog()).getByRole('button', { name: 'End it' }),
    );
    await isGone();
    expect(ended).toEqual(['one']);
  });
});
