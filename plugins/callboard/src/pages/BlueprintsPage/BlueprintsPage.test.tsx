import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { blueprintsUnderWay } from '../../stories/blueprintFixtures';
import { blueprintsPageStories } from '../../stories/blueprintsPage.stories';
import { fixtureApi } from '../../stories/fixtureApi';

const address = '/callboard/blueprints';
const press = async (name: string) =>
  userEvent.click(await screen.findByRole('button', { name }));
const dialog = async () => within(await screen.findByRole('dialog'));
const isGone = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

describe('blueprints page', () => {
  it.each(blueprintsPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });

  it('says what a rollout would change, and starts it with a reason', async () => {
    const started: unknown[] = [];
    renderStory({
      address,
      api: fixtureApi({
        startBlueprintRollout: async input => {
          started.push(input);
          return { id: '1' };
        },
      }),
    });
    await press('Roll out version 3 of Golden');
    const { findByText, getByRole } = await dialog();
    await findByText('Version 3 goes to 2 clusters: 1 object changed.');
    await findByText(/data.expected-outage/);
    expect(getByRole('button', { name: 'Roll out' })).toBeDisabled();
    await userEvent.type(getByRole('textbox', { name: 'Why' }), 'New limits');
    await userEvent.click(getByRole('button', { name: 'Roll out' }));
    await isGone();
    expect(started).toEqual([
      { name: 'golden', version: 3, why: 'New limits' },
    ]);
  });

  it('rolls back as it was read', async () => {
    const steered: unknown[] = [];
    renderStory({
      address,
      api: fixtureApi({
        listBlueprints: async () => blueprintsUnderWay(),
        steerBlueprintRollout: async input => {
          steered.push(input);
        },
      }),
    });
    await press('Roll back to version 1');
    const { getByRole } = await dialog();
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'edge-105 never left it',
    );
    await userEvent.click(
      getByRole('button', { name: 'Roll back to version 1' }),
    );
    await isGone();
    expect(steered).toEqual([
      {
        blueprint: 'edge',
        id: '1',
        action: 'rollback',
        version: '9f2c41d07b6e8a35',
      },
    ]);
  });
});
