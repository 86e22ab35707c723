import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  type App,
  type Approval,
  ProblemError,
} from '@callboard/plugin-callboard-common';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { appPageStories } from '../../stories/appPage.stories';
import { failing, fixtureApi, missing } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { rowWith } from '../../stories/__testUtils__/rowWith';

const address = '/callboard/apps/checkout';

describe('app page', () => {
  it.each(appPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });
});

describe('data that stays', () => {
  const dialogOfEu = `${address}?do=delete-data&in=prod&on=eu-1`;

  it('is deleted once the name of its app is typed', async () => {
    const deleted: unknown[] = [];
    const api = fixtureApi({
      listKeptData: async () => [fixtures.keptData()],
      deleteData: async (of, options) => {
        deleted.push([of, options]);
        return { isForgotten: false };
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Delete the data on / }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('db and files of Production');
    const confirm = within(dialog).getByRole('button', {
      name: 'Delete the data',
    });
    const field = within(dialog).getByLabelText('Type checkout to delete it');
    await userEvent.type(field, 'eu-1');
    expect(confirm).toBeDisabled();
    await userEvent.clear(field);
    await userEvent.type(field, 'checkout');
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(deleted).toEqual([
      [
        { app: 'checkout', environment: 'prod', cluster: 'eu-1' },
        { forget: false },
      ],
    ]);
  });

  it('is only forgotten where its cluster is not registered any more', async () => {
    const deleted: unknown[] = [];
    const api = fixtureApi({
      listKeptData: async () => [
        fixtures.keptData({ isClusterRegistered: false }),
      ],
      deleteData: async (_, options) => {
        deleted.push(options);
        return { isForgotten: true };
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Forget the data on / }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Nothing is deleted');
    expect(dialog).not.toHaveTextContent('is lost');
    await userEvent.type(
      within(dialog).getByLabelText('Type checkout to forget it'),
      'checkout',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Forget the data' }),
    );
    await waitFor(() => expect(deleted).toEqual([{ forget: true }]));
  });

  it('says why it is not deleted', async () => {
    const api = fixtureApi({
      listKeptData: async () => [fixtures.keptData()],
      deleteData: async () => {
        throw new ProblemError({
          code: 'data-in-use',
          what: 'Cannot delete the data of "checkout" on eu-1',
          why: 'it runs there in Production, or is about to leave',
          next: 'Drain eu-1',
          transient: false,
        });
      },
    });
    renderStory({ address: dialogOfEu, api });
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByLabelText('Type checkout to delete it'),
      'checkout{Enter}',
    );
    expect(
      await within(dialog).findByText(/It runs there in Production/i),
    ).toBeVisible();
  });

  it('is deleted by nobody who may not', async () => {
    const api = fixtureApi({
      listKeptData: async () => [fixtures.keptData({ mayDelete: false })],
    });
    renderStory({ address: dialogOfEu, api });
    expect(
      await screen.findByRole('heading', { name: 'Data that stays' }),
    ).toBeVisible();
    expect(
      screen.queryByRole('button', { name: /^(Delete|Forget) the data/ }),
    ).not.toBeInTheDocument();
    expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  });

  it('is deleted when its app is gone, too', async () => {
    const deleted: unknown[] = [];
    const api = fixtureApi({
      getApp: missing,
      listKeptData: async () => [fixtures.keptData()],
      deleteData: async of => {
        deleted.push(of);
        return { isForgotten: false };
      },
    });
    renderStory({ address, api });
    expect(await screen.findByText(/^checkout was deleted/)).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', { name: /^Delete the data on / }),
    );
    const dialog = await screen.findByRole('dialog');
    await userEvent.type(
      within(dialog).getByLabelText('Type checkout to delete it'),
      'checkout{Enter}',
    );
    await waitFor(() =>
      expect(deleted).toEqual([
        { app: 'checkout', environment: 'prod', cluster: 'eu-1' },
      ]),
    );
  });
});

describe('a rollout', () => {
  it('says what a roll back will do, does it, and shows a refusal', async () => {
    const steered: unknown[] = [];
    const api = fixtureApi({
      getApp: async () => fixtures.wavingApp('soaking'),
      getRollout: async () => fixtures.rollout('soaking'),
      steerRollout: async input => {
        steered.push(input);
        if (steered.length > 1)
          throw new ProblemError({
            code: 'rollout-not-steerable',
            what: 'Cannot pause the rollout',
            why: 'it is not going on at the moment',
            next: 'Promote another release',
            transient: false,
          });
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Roll back to release 42' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'ap-1 and eu-1 roll back to release 42, all at once; us-1 never left it.',
    );
    expect(steered).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back to release 42' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(steered).toEqual([
      {
        app: 'checkout',
        environment: 'prod',
        action: 'rollback',
        version: fixtures.rollout('soaking').version,
      },
    ]);

    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
    await userEvent.click(
      within(await screen.findByRole('dialog')).getByRole('button', {
        name: 'Pause',
      }),
    );
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'It is not going on at the moment.',
    );
  });

  it('is operated by a menu, which says before what it will do and asks once', async () => {
    const asked: unknown[] = [];
    const api = fixtureApi({
      operateEnvironment: async input => {
        asked.push(input);
        return fixtures.operation(input.action);
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions' }),
    );
    const production = await screen.findByRole('group', {
      name: 'Production',
    });
    await userEvent.click(
      within(production).getByRole('menuitem', { name: 'Stop…' }),
    );
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText(
      /6 instances of checkout in Production end/,
    );
    expect(dialog).toHaveTextContent('us-1: 2 → 0 instances');
    expect(asked).toEqual([]);
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: 'Why' }),
      'Too expensive',
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Stop in Production' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked).toEqual([
      {
        app: 'checkout',
        environment: 'prod',
        action: 'stop',
        why: 'Too expensive',
      },
    ]);
  });

  it.each<[string, { environment?: string }, string]>([
    [
      'Remove from Production…',
      { environment: 'prod' },
      'Remove from Production',
    ],
    ['Delete app…', {}, 'Delete'],
  ])('is removed by "%s", by who types its name', async (item, of, verb) => {
    const asked: unknown[] = [];
    const api = fixtureApi({
      removeApp: async input => {
        asked.push(input);
        return fixtures.removal(input);
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions' }),
    );
    await userEvent.click(await screen.findByRole('menuitem', { name: item }));
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText(/The data of db \(postgres\) stays on/);
    expect(dialog).toHaveTextContent('Production, us-1: 2 instances');
    const button = within(dialog).getByRole('button', { name: verb });
    const confirm = within(dialog).getByRole('textbox', { name: /^Type/ });
    await userEvent.type(confirm, 'check');
    expect(button).toBeDisabled();
    await userEvent.type(confirm, 'out');
    await userEvent.type(
      within(dialog).getByRole('textbox', { name: 'Why' }),
      'Sold',
    );
    await userEvent.click(button);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(asked).toEqual([
      { app: 'checkout', ...of, confirm: 'checkout', why: 'Sold' },
    ]);
  });

  it.each<[string, string, string, RegExp, object]>([
    [
      'Rename or describe…',
      'Title',
      'Save',
      /checkout is called "CheckoutTill"/,
      { title: 'CheckoutTill' },
    ],
    [
      'Transfer to another owner…',
      'New owner',
      'Transfer',
      /checkout belongs to Till and no more to payments.*nor read its code/,
      { owner: 'Till' },
    ],
  ])(
    'says what "%s" does before it does it',
    async (item, field, verb, effect, expected) => {
      const asked: unknown[] = [];
      const api = fixtureApi({
        changeApp: async input => {
          asked.push(input);
          return fixtures.appChange(input);
        },
      });
      renderStory({ address, api });
      await userEvent.click(
        await screen.findByRole('button', { name: 'Actions' }),
      );
      await userEvent.click(
        await screen.findByRole('menuitem', { name: item }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(within(dialog).queryByRole('button', { name: verb })).toBeNull();
      await userEvent.type(
        within(dialog).getByRole('textbox', { name: field }),
        'Till',
      );
      await waitFor(() => expect(dialog).toHaveTextContent(effect));
      await userEvent.type(
        within(dialog).getByRole('textbox', { name: 'Why' }),
        'The team moved',
      );
      await userEvent.click(within(dialog).getByRole('button', { name: verb }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
      expect(asked).toEqual([
        { app: 'checkout', ...expected, why: 'The team moved' },
      ]);
    },
  );

  it('is not deleted by who may only promote it', async () => {
    renderStory({
      address,
      api: fixtureApi({
        getApp: async () => ({
          ...fixtures.app(),
          viewer: { promote: true, delete: false, approve: [] },
        }),
      }),
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Actions' }),
    );
    await screen.findByRole('menuitem', { name: 'Remove from Production…' });
    expect(screen.queryByRole('menuitem', { name: 'Delete app…' })).toBeNull();
  });

  it('cannot be confirmed where it would change nothing, nor by who may not', async () => {
    const api = fixtureApi({
      previewOperation: async ({ action }) =>
        fixtures.operation(action, {
          changes: false,
          message: 'checkout is stopped in Production already',
          notes: [],
        }),
    });
    const { unmount } = renderStory({
      address: `${address}?do=stop&in=prod`,
      api,
    });
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText(/is stopped in Production already/);
    expect(
      within(dialog).queryByRole('button', { name: 'Stop in Production' }),
    ).toBeNull();
    unmount();
    renderStory({
      address,
      api: fixtureApi({
        getApp: async () => ({
          ...fixtures.app(),
          viewer: { promote: false, approve: [] },
        }),
      }),
    });
    await screen.findByText(/Where it runs/);
    expect(screen.queryByRole('button', { name: 'Actions' })).toBeNull();
  });

  it('keeps its dialog when the portal is drawn again, and has none in the past', async () => {
    const api = fixtureApi({
      getApp: async () => fixtures.wavingApp('applying'),
      getRollout: async () => fixtures.rollout('applying'),
    });
    const open = `${address}?do=abort&in=prod`;
    const { unmount } = renderStory({ address: open, api });
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Abort in Production');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Cancel' }),
    );
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    unmount();
    renderStory({ address: `${open}&at=2026-08-20T14:05:00Z`, api });
    await screen.findByText(/As it was on/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('is followed by its dialog, which sends what it shows and offers what is left', async () => {
    const steered: unknown[] = [];
    const [, rollback] = fixtures.rollout('applying').actions;
    let rollout = fixtures.rollout('applying');
    const api = fixtureApi({
      getApp: async () => fixtures.wavingApp(rollout.phase),
      getRollout: async () => rollout,
      steerRollout: async input => {
        steered.push(input);
        if (steered.length > 2) return;
        rollout =
          steered.length === 1
            ? fixtures.rollout('applying', {
                version: 'second',
                actions: [
                  { action: 'abort', does: 'Stop here. All stay on 44.' },
                ],
              })
            : fixtures.rollout('done', {
                version: 'third',
                actions: [rollback],
              });
        throw new ProblemError({
          code: 'rollout-moved-on',
          what: 'Cannot abort the rollout',
          why: 'it went on after you read it',
          next: 'Read what it would do now, then press again',
          transient: false,
        });
      },
    });
    renderStory({ address, api });
    await userEvent.click(await screen.findByRole('button', { name: 'Abort' }));
    const dialog = within(await screen.findByRole('dialog'));
    const press = (name: string) =>
      dialog.findByRole('button', { name }).then(it => userEvent.click(it));
    dialog.getByText(/us-1 stays on release 42/);
    await press('Abort');
    await dialog.findByText('Stop here. All stay on 44.');
    expect(dialog.getByText(/It went on after you read it/)).toBeVisible();
    await press('Abort');
    await dialog.findByText(
      'There is nothing to abort any more. Release 44 in Production: Rolled out everywhere.',
    );
    expect(dialog.queryByRole('button', { name: 'Abort' })).toBeNull();
    await press('Roll back to release 42');
    await dialog.findByText(rollback.does);
    await press('Roll back to release 42');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(steered).toMatchObject([
      { action: 'abort', version: fixtures.rollout('applying').version },
      { action: 'abort', version: 'second' },
      { action: 'rollback', version: 'third' },
    ]);
  });

  it('offers nothing to who may not act on it, and says who may', async () => {
    const viewer = { promote: false, approve: [] };
    renderStory({
      address,
      api: fixtureApi({
        getApp: async () => ({ ...fixtures.wavingApp('applying'), viewer }),
      }),
    });
    await screen.findByText('Only payments can act on it.');
    expect(screen.queryByRole('button', { name: 'Pause' })).toBeNull();
  });

  it('stands beside the why list too, and offers nothing in the past', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    renderStory({
      address: `${address}?tab=placement&env=prod&at=${at}`,
      api: fixtureApi({
        getApp: async () => fixtures.wavingApp('soaking'),
        getRollout: async () => fixtures.rollout('soaking'),
      }),
    });
    expect(await screen.findByTestId('cell-eu-1')).toBeInTheDocument();
    expect(await screen.findByTestId('verdict-eu-1')).toBeInTheDocument();
    expect(
      screen.queryByRole('button', { name: 'Roll back to release 42' }),
    ).not.toBeInTheDocument();
  });
});

it('promises nothing any more once it cannot be read', async () => {
  renderStory({ address, api: fixtureApi({ getApp: () => failing() }) });
  await screen.findByRole('button', { name: 'Try again' });
  expect(document.querySelector('[class*="bui-Skeleton"]')).toBeNull();
});

describe('promotion', () => {
  it('says what it will do, does it, and leaves the page to show it move', async () => {
    const promoted: unknown[] = [];
    let app = fixtures.app();
    const api = fixtureApi({
      getApp: async () => app,
      promote: async input => {
        promoted.push(input);
        app = fixtures.rollingApp();
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Promote release 44 to Production',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Release 44 “Read rates from the new service” by Ana Ruiz replaces release 42.',
    );
    await waitFor(() =>
      expect(dialog).toHaveTextContent(
        'It goes to 3 clusters: ap-1, eu-1 · Frankfurt, us-1.',
      ),
    );
    expect(promoted).toEqual([]);

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Promote release 44' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(promoted).toEqual([
      { app: 'checkout', environment: 'prod', release: 44, replaces: 42 },
    ]);
    expect(await screen.findByText(/starting on 2/)).toBeInTheDocument();
  });

  it('shows before it what changes in the objects of which clusters', async () => {
    const asked: unknown[] = [];
    const api = fixtureApi({
      diffReleases: async of => {
        asked.push(of);
        return fixtures.releaseDiff(of);
      },
    });
    renderStory({ address: `${address}?do=promote&in=prod&bring=44`, api });
    const dialog = await screen.findByRole('dialog');
    const changes = await within(dialog).findByRole('region', {
      name: 'What release 44 changes',
    });
    await waitFor(() =>
      expect(changes).toHaveTextContent(
        'Release 44 changes 2 objects and adds 1 object on 3 clusters; migrate runs again before it.',
      ),
    );
    expect(changes).toHaveTextContent(
      'The data of cache (redis) stays on eu-1: release 44 does not ask for it.',
    );
    expect(changes).toHaveTextContent('On ap-1, eu-1 · Frankfurt');
    expect(changes).toHaveTextContent('New HorizontalPodAutoscaler checkout');
    expect(changes).toHaveTextContent('imageBeforecheckout:42Aftercheckout:44');
    expect(asked).toEqual([
      { app: 'checkout', environment: 'prod', release: 44, from: 42 },
    ]);
  });

  it('counts the clusters that a rollout under way has reached', async () => {
    const app = fixtures.app();
    const api = fixtureApi({
      getApp: async () => ({
        ...app,
        environments: app.environments.map(environment =>
          environment.name === 'prod'
            ? {
                ...environment,
                rollout: {
                  ...fixtures.rolloutSummary('applying'),
                  release: 43,
                  reached: 0,
                },
              }
            : environment,
        ),
      }),
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Promote release 44 to Production',
      }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'The rollout of release 43 ends: 0 of 3 clusters have it.',
    );
  });

  it('follows the app while its dialog is open', async () => {
    const promoted: unknown[] = [];
    let app = fixtures.app();
    const api = fixtureApi({
      getApp: async () => app,
      promote: async input => {
        promoted.push(input);
        app =
          promoted.length === 1
            ? fixtures.app({
                environments: app.environments.map(each =>
                  each.name === 'prod'
                    ? { ...each, release: fixtures.release(43) }
                    : each,
                ),
              })
            : fixtures.rollingApp();
        throw new ProblemError({
          code: 'environment-moved-on',
          what: 'Cannot promote release 44 of "checkout" to Production',
          why: 'bo brought release 43 to Production after you read it',
          next: 'Read what it would replace now, then press again',
          transient: false,
        });
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Promote release 44 to Production',
      }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const press = async () =>
      userEvent.click(
        await dialog.findByRole('button', { name: 'Promote release 44' }),
      );
    dialog.getByText(/replaces release 42/);
    await press();
    await dialog.findByText(/replaces release 43/);
    await press();
    await dialog.findByText(/Release 44 is already in Production/);
    expect(
      dialog.queryByRole('button', { name: 'Promote release 44' }),
    ).toBeNull();
    expect(promoted).toMatchObject([{ replaces: 42 }, { replaces: 43 }]);
  });

  it.each<[string, App['viewer'], string | undefined, string | RegExp]>([
    [
      'who must approve, an approval',
      { promote: false, approve: ['prod'] },
      'group:default/payments-leads',
      'Approve release 44 for Production',
    ],
    [
      'its owner who may not approve, who may',
      { promote: true, approve: [] },
      'group:default/payments-leads',
      /Only payments-leads can approve it/,
    ],
    [
      'who may do nothing with it, who may',
      { promote: false, approve: [] },
      undefined,
      /Only payments can promote it/,
    ],
  ])('offers %s', async (_, viewer, approval, expected) => {
    const app = fixtures.app({ viewer });
    const environments = app.environments.map(each =>
      each.promotion
        ? {
            ...each,
            promotion: { ...each.promotion, ...(approval && { approval }) },
          }
        : each,
    );
    renderStory({
      address,
      api: fixtureApi({ getApp: async () => ({ ...app, environments }) }),
    });
    await screen.findByText(expected);
    expect(screen.queryByRole('button', { name: /^Promote/ })).toBeNull();
  });

  it('shows a refusal inside the dialog', async () => {
    const api = fixtureApi({
      promote: async () => {
        throw new ProblemError({
          code: 'not-allowed',
          what: 'Cannot promote "checkout" to Production',
          why: 'only payments may',
          next: 'Ask payments',
          transient: false,
        });
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Promote release 44 to Production',
      }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Promote release 44' }),
    );
    const refusal = await screen.findByRole('alert');
    expect(refusal).toHaveTextContent('Only payments may.');
    expect(screen.getByRole('dialog')).toBeInTheDocument();
  });

  it('warns of what is known against a release', async () => {
    const outcome = {
      environment: 'prod',
      since: fixtures.ago(120_000),
      kind: 'rolled-back' as const,
      healthyOn: [],
      next: {
        release: 42,
        change: 'rollback' as const,
        by: 'user:default/bo',
        at: fixtures.ago(60_000),
      },
      sentence: 'In Production: never healthy, rolled back to release 42',
    };
    const api = fixtureApi({
      listReleases: async () => [
        { ...fixtures.releaseDetails(44), outcomes: [outcome] },
        fixtures.releaseDetails(41),
      ],
    });
    renderStory({ address: `${address}?tab=releases`, api });
    await screen.findByText(outcome.sentence);
    for (const [release, warning] of [
      [44, `${outcome.sentence}.`],
      [41, 'It never ran in Production.'],
    ] as const) {
      await userEvent.click(
        await screen.findByRole('button', {
          name: `Deploy release ${release} to`,
        }),
      );
      await userEvent.click(
        await screen.findByRole('menuitem', { name: 'Production' }),
      );
      const dialog = await screen.findByRole('dialog');
      await within(dialog).findByText(warning);
      await userEvent.click(
        within(dialog).getByRole('button', { name: 'Cancel' }),
      );
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    }
  });

  it('does not offer again what was just rolled back', async () => {
    const app = fixtures.app();
    const rolledBack = {
      to: 42,
      by: 'user:default/bo',
      at: fixtures.ago(60_000),
    };
    const environments = app.environments.map(each =>
      each.promotion
        ? { ...each, promotion: { ...each.promotion, rolledBack } }
        : each,
    );
    renderStory({
      address,
      api: fixtureApi({ getApp: async () => ({ ...app, environments }) }),
    });
    await screen.findByText('Release 44 was rolled back in Production');
    expect(screen.queryByRole('button', { name: /^Promote/ })).toBeNull();
  });

  it('offers a rollback to what was approved to who may promote, and to nobody else what was not', async () => {
    const viewer = { promote: true, approve: [] };
    const guarded = (app: App): App => ({
      ...app,
      viewer,
      environments: app.environments.map(each => ({
        ...each,
        promotion: {
          from: 'dev',
          candidate: null,
          approval: 'group:default/leads',
        },
      })),
    });
    const wasIn = (minutesAgo: number, approval?: Approval) => ({
      environment: 'prod',
      since: fixtures.ago(minutesAgo * 60_000),
      kind: 'replaced' as const,
      healthyOn: ['eu-1'],
      ...(approval && { approval }),
      sentence: 'In Production: ran healthy on eu-1',
    });
    const approved = { group: 'group:default/leads', by: 'user:default/bo' };
    const api = fixtureApi({
      getApp: async () => guarded(fixtures.app()),
      listReleases: async () => [
        { ...fixtures.releaseDetails(42), outcomes: [wasIn(20, approved)] },
        { ...fixtures.releaseDetails(41), outcomes: [wasIn(30, approved)] },
        { ...fixtures.releaseDetails(40), outcomes: [wasIn(40)] },
      ],
    });
    renderStory({ address: `${address}?tab=releases`, api });
    expect(
      await screen.findAllByText(/; approved by bo for leads$/),
    ).toHaveLength(2);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Deploy release 41 to' }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Production' }),
    );
    expect(await screen.findByRole('dialog')).toHaveTextContent(
      'It was approved by bo for leads.',
    );
    expect(
      screen.queryByRole('button', { name: 'Deploy release 40 to' }),
    ).toBeNull();
  });

  it('names whose approval a rollback needs', async () => {
    const [pause, rollback] = fixtures.rollout('applying').actions;
    const app = {
      ...fixtures.wavingApp('applying'),
      viewer: { promote: true, approve: [] },
    };
    const api = fixtureApi({
      getApp: async () => app,
      getRollout: async () =>
        fixtures.rollout('applying', {
          actions: [pause, { ...rollback, approval: 'group:default/leads' }],
        }),
    });
    renderStory({ address, api });
    await screen.findByText(
      /Release 42 was never approved here: only leads can roll back to it\./,
    );
    expect(screen.getByRole('button', { name: 'Pause' })).toBeVisible();
    expect(
      screen.queryByRole('button', { name: 'Roll back to release 42' }),
    ).toBeNull();
  });

  it('names a promotion of an older release, and a rollback to a newer one', async () => {
    const wasIn = (environment: string, minutesAgo: number) => ({
      environment,
      since: fixtures.ago(minutesAgo * 60_000),
      kind: 'replaced' as const,
      healthyOn: ['eu-1'],
      sentence: 'In Production: ran healthy on eu-1',
    });
    const api = fixtureApi({
      listReleases: async () => [
        { ...fixtures.releaseDetails(43), outcomes: [wasIn('prod', 30)] },
        { ...fixtures.releaseDetails(42), outcomes: [wasIn('prod', 20)] },
        { ...fixtures.releaseDetails(41), outcomes: [wasIn('dev', 60)] },
      ],
    });
    renderStory({ address: `${address}?tab=releases`, api });
    for (const [release, title, line] of [
      [
        41,
        'Promote older release 41 to Production',
        'replaces the newer release 42',
      ],
      [43, 'Roll back to release 43 in Production', 'replaces release 42'],
    ] as const) {
      await userEvent.click(
        await screen.findByRole('button', {
          name: `Deploy release ${release} to`,
        }),
      );
      await userEvent.click(
        await screen.findByRole('menuitem', { name: 'Production' }),
      );
      const dialog = await screen.findByRole('dialog');
      expect(dialog).toHaveTextContent(title);
      expect(dialog).toHaveTextContent(line);
      await userEvent.click(
        within(dialog).getByRole('button', { name: 'Cancel' }),
      );
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    }
  });

  it('shows what a build says while it goes on, and how it ended', async () => {
    const lines = ['npm ci'];
    let state: 'building' | 'failed' = 'building';
    const api = fixtureApi({
      getApp: async () => ({
        ...fixtures.app(),
        build: {
          revision: '1a2b3c4d',
          message: 'Add a cart',
          author: 'Ana <ana@example.com>',
          state: 'building',
          startedAt: fixtures.ago(9_000),
        },
      }),
      readBuildLog: async ({ revision }) => ({
        revision,
        state,
        lines: [...lines],
        leftOut: 0,
      }),
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Build log: Add a cart' }),
    );
    const dialog = within(await screen.findByRole('dialog'));
    const output = await dialog.findByRole('log');
    expect(output).toHaveTextContent('npm ci');
    expect(dialog.getByRole('status')).toHaveTextContent('The build goes on');
    lines.push('tsc: 1 error');
    state = 'failed';
    await waitFor(
      () => expect(dialog.getByRole('log')).toHaveTextContent('tsc: 1 error'),
      { timeout: 10_000 },
    );
    expect(dialog.getByRole('status')).toHaveTextContent('The build failed.');
  });

  it('shows what the build of a release warned of', async () => {
    const api = fixtureApi({
      listReleases: async () => [fixtures.unlockedRelease(44)],
    });
    renderStory({ address: `${address}?tab=releases`, api });
    expect(
      await screen.findByText(
        'No lockfile: this build chose the versions of dependencies. Run "npm install" and commit package-lock.json',
      ),
    ).toBeVisible();
  });

  it('does not offer a release whose images are not kept any more', async () => {
    const imagesRemovedAt = fixtures.ago(60_000);
    const api = fixtureApi({
      listReleases: async () => [
        fixtures.releaseDetails(43),
        { ...fixtures.releaseDetails(41), imagesRemovedAt },
      ],
    });
    renderStory({ address: `${address}?tab=releases`, api });
    await screen.findByText(
      'Its images are not kept any more. Push its commit again to build it.',
    );
    expect(
      screen
        .getAllByRole('button', { name: /^Deploy release/ })
        .map(button => button.getAttribute('aria-label')),
    ).toEqual(['Deploy release 43 to']);
  });

  it('brings an older release back from the list of releases', async () => {
    const promoted: unknown[] = [];
    const api = fixtureApi({
      promote: async input => void promoted.push(input),
    });
    renderStory({ address: `${address}?tab=releases`, api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Deploy release 43 to' }),
    );
    await userEvent.click(
      await screen.findByRole('menuitem', { name: 'Development' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Roll back to release 43 in Development');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back to release 43' }),
    );
    await waitFor(() =>
      expect(promoted).toEqual([
        { app: 'checkout', environment: 'dev', release: 43, replaces: 44 },
      ]),
    );
  });
});

describe('a release of an image that was built elsewhere', () => {
  const showing = (release: ReturnType<typeof fixtures.imageRelease>) =>
    renderStory({
      address: `${address}?tab=releases`,
      api: fixtureApi({ listReleases: async () => [release] }),
    });

  it('says what built it, with links to its run and its source', async () => {
    showing(fixtures.releaseFromElsewhere(44));
    expect(
      await screen.findByRole('link', { name: 'GitHub Actions' }),
    ).toHaveAttribute('href', 'https://ci.example/acme/checkout/runs/7');
    expect(screen.getByRole('link', { name: 'c0ffee1' })).toHaveAttribute(
      'href',
      'https://git.example/acme/checkout/commit/c0ffee12',
    );
    await userEvent.click(
      screen.getByRole('button', { name: 'Where it was built: release 44' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('https://ci.example/runners/hosted');
    expect(dialog).toHaveTextContent(
      'It names 1 of 1 image by digest. Its signature was not verified.',
    );
    expect(
      within(dialog).queryByRole('link', { name: /^git\+https/ }),
    ).not.toBeInTheDocument();
  });

  it('links to no script, no matter who wrote it', async () => {
    const release = fixtures.releaseFromElsewhere(44);
    const script = 'javascript:alert(1)'; // eslint-disable-line no-script-url
    showing({
      ...release,
      origin: {
        ...release.origin!,
        run: script,
        url: script,
        provenance: { builder: script, images: [] },
      },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: /^Where it was built/ }),
    );
    await screen.findByRole('dialog');
    for (const link of document.querySelectorAll('a'))
      expect(link.getAttribute('href')).not.toContain('script');
    expect(screen.getByRole('dialog')).toHaveTextContent(
      'It names 0 of 1 image by digest.',
    );
  });
});

describe('what a release is made of', () => {
  it('is told from its image: origin and parts', async () => {
    const api = fixtureApi({
      listReleases: async () => [
        fixtures.imageRelease(44),
        fixtures.releaseDetails(43),
      ],
    });
    renderStory({ address: `${address}?tab=releases`, api });
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Made of 2 parts: release 44',
      }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('https://callboard.dev/builders/image');
    expect(dialog).toHaveTextContent('registry.example/apps/callboard-base@');
    const parts = await within(dialog).findByRole('list', { name: 'Parts' });
    expect(
      within(parts)
        .getAllByRole('listitem')
        .map(part => part.textContent),
    ).toEqual(['node24.18.0', 'is-odd3.0.1MIT']);
  });

  it('is not offered where nothing is attached', async () => {
    renderStory({ address: `${address}?tab=releases`, api: fixtureApi() });
    await screen.findByRole('button', { name: 'Deploy release 43 to' });
    expect(
      screen.queryByRole('button', { name: /^Made of/ }),
    ).not.toBeInTheDocument();
  });
});

it('keeps what was known in sight, as unknown, when asking begins to fail', async () => {
  let isDown = false;
  const api = fixtureApi({
    getApp: async () => {
      if (!isDown) return fixtures.app();
      throw new ProblemError({
        code: 'callboard-unreachable',
        what: 'Cannot read app',
        why: 'gone',
        next: 'Wait',
        transient: false,
      });
    },
  });
  renderStory({ address, api });
  const row = await rowWith('us-1 · Ohio');
  expect(row).toHaveTextContent('Healthy');
  isDown = true;
  window.dispatchEvent(new Event('focus'));
  document.dispatchEvent(new Event('visibilitychange'));
  await waitFor(() =>
    expect(screen.getByText('Cannot read app')).toBeInTheDocument(),
  );
  expect(await rowWith('us-1 · Ohio')).not.toHaveTextContent('Healthy');
  expect(screen.getByText(/Release 42 is healthy/)).toBeInTheDocument();
});

it('opens the logs of the cluster a finding names', async () => {
  renderStory({
    address,
    api: fixtureApi({ getApp: async () => fixtures.crashingApp() }),
  });
  await userEvent.click(await screen.findByRole('link', { name: 'Open logs' }));
  expect(
    await screen.findByRole('heading', {
      name: 'Output of Development on dev-1',
    }),
  ).toBeInTheDocument();
});

describe('comparison of releases', () => {
  it('compares any two, as any environment would run them, and keeps it in the address', async () => {
    const asked: unknown[] = [];
    const api = fixtureApi({
      diffReleases: async of => {
        asked.push(of);
        return fixtures.releaseDiff(of);
      },
    });
    renderStory({ address: `${address}?tab=releases`, api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'What changes: release 43' }),
    );
    const dialog = await screen.findByRole('dialog');
    await waitFor(() =>
      expect(asked).toEqual([
        { app: 'checkout', environment: 'dev', release: 43, from: 42 },
      ]),
    );
    await userEvent.click(
      within(dialog).getByRole('button', { name: /Compared with/ }),
    );
    await userEvent.click(
      await screen.findByRole('option', { name: /^Release 44/ }),
    );
    await waitFor(() =>
      expect(asked).toContainEqual({
        app: 'checkout',
        environment: 'dev',
        release: 43,
        from: 44,
      }),
    );
  });
});
