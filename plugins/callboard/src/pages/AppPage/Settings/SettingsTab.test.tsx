import { ProblemError } from '@callboard/plugin-callboard-common';
import type { CallboardApi } from '@callboard/plugin-callboard-react';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { failing, fixtureApi } from '../../../stories/fixtureApi';
import * as fixtures from '../../../stories/fixtures';
import { lacking, settings } from '../../../stories/settingFixtures';
import { settingsStories } from '../../../stories/settings.stories';
import { faultsOf } from '../../../stories/__testUtils__/faultsOf';
import { renderStory } from '../../../stories/__testUtils__/renderStory';
import { rowWith } from '../../../stories/__testUtils__/rowWith';

const address = '/callboard/apps/checkout?tab=settings';
const prod = `${address}&env=prod`;
const SECRET = 'sk-4711-not-to-be-seen';

type Changed = Parameters<CallboardApi['changeSetting']>;

/** An API that keeps what it was asked to change. */
function recordingApi(over: Partial<CallboardApi> = {}): {
  api: CallboardApi;
  changed: Changed[];
} {
  const changed: Changed[] = [];
  const api = fixtureApi({
    changeSetting: async (...asked) => {
      changed.push(asked);
      return { version: 9 };
    },
    ...over,
  });
  return { api, changed };
}

const openedDialog = async () => within(await screen.findByRole('dialog'));
const press = (name: string | RegExp) =>
  screen.findByRole('button', { name }).then(it => userEvent.click(it));
const choose = (name: string) =>
  screen.findByRole('menuitem', { name }).then(it => userEvent.click(it));
/** Found again each time: what counts is the one that is in sight. */
const isGone = () =>
  waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());

describe('settings', () => {
  it.each(settingsStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
  });

  it('sets what a release lacks: says what it starts, sends it once, and shows what happened', async () => {
    let isSet = false;
    const { api, changed } = recordingApi({
      listSettings: async ({ environment }) =>
        settings(environment, {
          lacking: environment === 'prod' && !isSet ? [lacking()] : [],
        }),
    });
    const send = api.changeSetting;
    api.changeSetting = async (...asked) => {
      const answer = await send(...asked);
      isSet = true;
      return answer;
    };
    renderStory({ address, api });
    await press('Set RATES_TOKEN in Production');
    const dialog = await openedDialog();
    dialog.getByText('Set RATES_TOKEN in Production');
    expect(dialog.queryByLabelText(/^Name/)).toBeNull();
    expect(
      dialog.getByRole('radio', { name: /Nobody reads its value/ }),
    ).toBeChecked();
    await dialog.findByText(
      'Release 44 in Production waits for it: worker starts with it.',
    );
    const confirm = dialog.getByRole('button', { name: 'Set RATES_TOKEN' });

    await userEvent.click(confirm);
    await dialog.findByText('A secret without a value hides nothing');
    expect(changed).toEqual([]);

    await userEvent.type(dialog.getByLabelText(/^Value/), `${SECRET}{enter}b`);
    await userEvent.type(dialog.getByLabelText(/^Why/), 'the bank gave it');
    fireEvent.click(confirm);
    fireEvent.click(confirm);
    await isGone();
    expect(changed).toEqual([
      [
        { app: 'checkout', environment: 'prod', name: 'RATES_TOKEN' },
        { kind: 'set', value: `${SECRET}\nb`, secret: true },
        'the bank gave it',
      ],
    ]);
    const outcome = await screen.findByRole('group', {
      name: 'RATES_TOKEN is set in Production: change 9',
    });
    expect(outcome).toHaveTextContent('worker starts with it');
    await waitFor(() => expect(outcome).toHaveFocus());
    await waitFor(() =>
      expect(screen.queryByText('Production has no RATES_TOKEN')).toBeNull(),
    );
    expect(document.body.innerHTML).not.toContain(SECRET);
  });

  it('sets a new variable for all environments: says where it counts', async () => {
    const { api, changed } = recordingApi();
    renderStory({ address, api });
    await press('Set a setting');
    const dialog = await openedDialog();
    const name = dialog.getByLabelText(/^Name/);
    await userEvent.type(name, 'log level');
    await dialog.findByText(/^Capital letters/);
    await userEvent.clear(name);
    await userEvent.type(name, 'LOG_LEVEL');
    // Of a variable that is there the value is where it is changed.
    await waitFor(() =>
      expect(dialog.getByLabelText(/^Value/)).toHaveValue('info'),
    );
    dialog.getByText('It has this value already: nothing changes.');
    await userEvent.clear(dialog.getByLabelText(/^Value/));
    await userEvent.type(dialog.getByLabelText(/^Value/), 'warn');
    dialog.getByText(
      'Development has its own, which stays: nothing starts again there.',
    );
    dialog.getByText('web starts again on 3 clusters of Production.');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Set LOG_LEVEL' }),
    );
    await isGone();
    expect(changed).toEqual([
      [
        { app: 'checkout', name: 'LOG_LEVEL' },
        { kind: 'set', value: 'warn', secret: false },
        undefined,
      ],
    ]);
    await screen.findByRole('group', {
      name: 'LOG_LEVEL is set for all environments: change 9',
    });
  });

  it('overrides in one environment what is set for all, and keeps what is typed when another is chosen', async () => {
    const { api, changed } = recordingApi();
    renderStory({ address: prod, api });
    await press('Change RATES_URL');
    await choose('Set another variable in Production');
    const dialog = await openedDialog();
    dialog.getByText(
      'It takes the place of what is set for all environments, in Production alone.',
    );
    await userEvent.type(dialog.getByLabelText(/^Value/), '/eu');
    await userEvent.click(dialog.getByRole('button', { name: /Where/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Development' }),
    );
    await dialog.findByText('Set RATES_URL in Development');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Set RATES_URL' }),
    );
    await isGone();
    expect(changed.map(([setting, turn]) => [setting, turn])).toEqual([
      [
        { app: 'checkout', environment: 'dev', name: 'RATES_URL' },
        { kind: 'set', value: 'https://rates.internal/v2/eu', secret: false },
      ],
    ]);
  });

  it('keeps the value of a secret out of the address', async () => {
    const { api } = recordingApi();
    renderStory({ address: `${prod}&do=set&setting=PAYMENT_KEY`, api });
    const dialog = await openedDialog();
    await dialog.findByText(/is shown to nobody: enter all of it again/);
    const value = dialog.getByLabelText(/^Value/);
    expect(value).toHaveValue('');
    await userEvent.type(value, SECRET);
    expect(window.location.href).not.toContain(SECRET);
    expect(value).toHaveAttribute('autocomplete', 'off');
    expect(value).toHaveAttribute('spellcheck', 'false');
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    await isGone();
    await press('Change PAYMENT_KEY');
    await choose('Set another value');
    expect((await openedDialog()).getByLabelText(/^Value/)).toHaveValue('');
  });

  it('refers to a secret in a store, and sends no value', async () => {
    const { api, changed } = recordingApi();
    renderStory({ address: `${prod}&do=set&setting=PAYMENT_KEY`, api });
    const dialog = await openedDialog();
    await userEvent.type(dialog.getByLabelText(/^Value/), SECRET);
    await userEvent.click(dialog.getByRole('radio', { name: /in a store/ }));
    expect(dialog.queryByLabelText(/^Value/)).toBeNull();
    const confirm = dialog.getByRole('button', { name: 'Set PAYMENT_KEY' });
    await userEvent.type(dialog.getByLabelText(/^Key/), 'checkout/payment');
    await userEvent.click(confirm);
    await dialog.findByText(/^Name the store/);
    expect(changed).toEqual([]);

    await userEvent.type(dialog.getByLabelText(/^Store/), 'vault');
    await userEvent.click(confirm);
    await isGone();
    expect(changed).toEqual([
      [
        { app: 'checkout', environment: 'prod', name: 'PAYMENT_KEY' },
        {
          kind: 'refer',
          reference: { clusterSecretStore: 'vault', key: 'checkout/payment' },
        },
        undefined,
      ],
    ]);
  });

  it('shows where a secret stands that is in a store', async () => {
    renderStory({
      address: prod,
      api: fixtureApi({
        listSettings: async ({ environment }) => {
          const list = settings(environment);
          return {
            ...list,
            items: list.items.map(each =>
              each.name === 'PAYMENT_KEY'
                ? {
                    ...each,
                    reference: {
                      clusterSecretStore: 'vault',
                      key: 'checkout/payment',
                      property: 'key',
                    },
                  }
                : each,
            ),
          };
        },
      }),
    });
    const row = await rowWith('PAYMENT_KEY');
    expect(row).toHaveTextContent('In the store vault');
    expect(row).toHaveTextContent('checkout/payment, property key');
  });

  it('removes: says what counts then, and offers to take it back', async () => {
    const { api, changed } = recordingApi();
    renderStory({ address: `${address}&env=dev`, api });
    await press('Change LOG_LEVEL');
    await choose('Remove LOG_LEVEL');
    const dialog = await openedDialog();
    await dialog.findByText(
      'What is set for all environments counts in Development then: info',
    );
    dialog.getByText('web starts again on 1 cluster of Development.');
    await userEvent.click(
      dialog.getByRole('button', { name: 'Remove LOG_LEVEL' }),
    );
    await isGone();
    await screen.findByRole('group', {
      name: 'LOG_LEVEL is not set in Development any more: change 9',
    });
    await press('Take it back');
    await userEvent.click(
      (await openedDialog()).getByRole('button', { name: 'Cancel' }),
    );
    expect(changed.map(([, turn]) => turn)).toEqual([{ kind: 'remove' }]);
  });

  it('says how far the rollout of a change is, and of no other one', async () => {
    const { api } = recordingApi({
      getApp: async () => {
        const app = fixtures.app();
        return {
          ...app,
          environments: app.environments.map(each => ({
            ...each,
            rollout: {
              ...fixtures.rolloutSummary('applying'),
              settings: each.name === 'prod' ? 9 : 8,
            },
          })),
        };
      },
    });
    renderStory({
      address: `${address}&do=remove&setting=OLD_RATES_URL`,
      api,
    });
    await press('Remove OLD_RATES_URL');
    const outcome = await screen.findByRole('group', {
      name: /^OLD_RATES_URL is not set/,
    });
    expect(outcome).toHaveTextContent(
      'Production: Rolling out, wave 2 of 3: eu-1.',
    );
    expect(outcome).not.toHaveTextContent('Development: Rolling');
  });

  it('removes for all environments: says who reads it, where it counts', async () => {
    renderStory({
      address: `${address}&do=remove&setting=RATES_URL`,
      api: fixtureApi({
        listSettings: async ({ environment }) =>
          environment === 'dev'
            ? { items: [], lacking: [] }
            : settings(environment),
      }),
    });
    const dialog = await openedDialog();
    await dialog.findByText(
      'Production reads it as a variable, by release 42: it stays until a release is there that does not.',
    );
    expect(dialog.queryByText(/^Development reads it/)).toBeNull();
  });

  it('says before a removal who reads it, and offers none then', async () => {
    const { api } = recordingApi();
    renderStory({ address: `${prod}&do=remove&setting=PAYMENT_KEY`, api });
    const dialog = await openedDialog();
    await dialog.findByText(
      'Production reads it as a secret, by release 42: it stays until a release is there that does not.',
    );
    expect(dialog.queryByText(/^Nothing is set/)).toBeNull();
    expect(dialog.queryByRole('button', { name: /^Remove/ })).toBeNull();
  });

  it('shows what was refused in one environment in no other', async () => {
    const { api } = recordingApi({
      changeSetting: async () => {
        throw new ProblemError({
          code: 'setting-not-offered',
          what: 'Cannot set PAYMENT_KEY of "checkout" in Production',
          why: 'its clusters offer no store',
          next: 'Set it to a value',
          transient: false,
        });
      },
    });
    renderStory({ address: `${prod}&do=set&setting=PAYMENT_KEY`, api });
    const dialog = await openedDialog();
    await userEvent.type(dialog.getByLabelText(/^Value/), SECRET);
    await userEvent.click(
      dialog.getByRole('button', { name: 'Set PAYMENT_KEY' }),
    );
    await dialog.findByRole('alert');
    await userEvent.click(dialog.getByRole('button', { name: /Where/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'Development' }),
    );
    await dialog.findByText('Set PAYMENT_KEY in Development');
    expect(dialog.queryByRole('alert')).toBeNull();
  });

  it('shows a refusal in what, why and next', async () => {
    const { api } = recordingApi({
      changeSetting: async () => {
        throw new ProblemError({
          code: 'setting-needed',
          what: 'Cannot remove LOG_LEVEL of "checkout" in Development',
          why: 'release 44 in Development reads LOG_LEVEL (web)',
          next: 'Set another value, or release what reads it no more first',
          transient: false,
        });
      },
    });
    renderStory({
      address: `${address}&env=dev&do=remove&setting=LOG_LEVEL`,
      api,
    });
    const dialog = await openedDialog();
    await userEvent.click(
      await dialog.findByRole('button', { name: 'Remove LOG_LEVEL' }),
    );
    const refusal = await dialog.findByRole('alert');
    expect(refusal).toHaveTextContent(
      'Cannot remove LOG_LEVEL of "checkout" in Development',
    );
    expect(refusal).toHaveTextContent('Release 44 in Development reads');
    expect(refusal).toHaveTextContent('Set another value');
  });

  it('takes the last change back: says what it becomes again', async () => {
    const { api, changed } = recordingApi({
      listSettings: async ({ environment }, options) => {
        const list = settings(environment);
        if (!options?.at) return list;
        return {
          ...list,
          items: list.items.map(each =>
            each.name === 'LOG_LEVEL'
              ? { ...each, version: 2, value: 'warn' }
              : each,
          ),
        };
      },
    });
    renderStory({ address, api });
    await press('Change LOG_LEVEL');
    await choose('Take back change 3');
    const dialog = await openedDialog();
    await dialog.findByText(/It is again what bo set/);
    dialog.getByText('warn');
    dialog.getByText('web starts again on 3 clusters of Production.');
    await userEvent.click(dialog.getByRole('button', { name: 'Take it back' }));
    await isGone();
    expect(changed).toEqual([
      [
        { app: 'checkout', name: 'LOG_LEVEL' },
        { kind: 'take-back', version: 3 },
        undefined,
      ],
    ]);
  });

  it('does not take back a change that another one followed', async () => {
    renderStory({
      address: `${address}&do=take-back&setting=LOG_LEVEL&change=2`,
      api: fixtureApi(),
    });
    const dialog = await openedDialog();
    await dialog.findByText(/bo changed it after that: change 3/);
    expect(dialog.queryByRole('button', { name: 'Take it back' })).toBeNull();
  });

  it('keeps what was known in sight when asking begins to fail', async () => {
    let isDown = false;
    const api = fixtureApi({
      listSettings: async ({ environment }) =>
        isDown ? failing() : settings(environment),
    });
    renderStory({ address: prod, api });
    await screen.findByText('LOG_LEVEL');
    isDown = true;
    window.dispatchEvent(new Event('focus'));
    document.dispatchEvent(new Event('visibilitychange'));
    await screen.findByText('Cannot read the record');
    expect(screen.getByText('LOG_LEVEL')).toBeVisible();
  });

  it('offers nothing where somebody else must approve, and says who', async () => {
    const app = fixtures.app({ viewer: { promote: true, approve: [] } });
    const environments = app.environments.map(each =>
      each.promotion
        ? {
            ...each,
            promotion: { ...each.promotion, approval: 'group:default/leads' },
          }
        : each,
    );
    for (const action of ['set', 'remove', 'take-back&change=7']) {
      const { unmount } = renderStory({
        address: `${prod}&setting=PAYMENT_KEY&do=${action}`,
        api: fixtureApi({ getApp: async () => ({ ...app, environments }) }),
      });
      const dialog = await openedDialog();
      dialog.getByText('Only leads can change what is set in Production.');
      expect(
        dialog.getAllByRole('button').map(({ textContent }) => textContent),
      ).toContain('Close');
      expect(
        dialog.queryByRole('button', { name: /^(Set|Remove|Take) / }),
      ).toBeNull();
      unmount();
    }
  });
});

describe('a release that lacks settings', () => {
  const missing = {
    code: 'setting-missing' as const,
    what: 'Cannot promote release 44 of "checkout" to Production',
    why: 'Production has no RATES_TOKEN',
    next: 'Set RATES_TOKEN as a secret in the settings of the app',
    transient: false,
  };
  const leadsToSettings = async () => {
    await userEvent.click(
      await screen.findByRole('link', { name: 'Open settings' }),
    );
    await screen.findByText('Settings in Production');
    expect(screen.queryByRole('dialog')).toBeNull();
  };

  it('leads to them from a promotion that is refused', async () => {
    const api = fixtureApi({
      promote: async () => {
        throw new ProblemError(missing);
      },
    });
    renderStory({
      address: '/callboard/apps/checkout?do=promote&in=prod&bring=44',
      api,
    });
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).queryByText('Open settings')).toBeNull();
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Promote release 44' }),
    );
    await leadsToSettings();
  });

  it('leads to them from what wants attention', async () => {
    const app = fixtures.app();
    const environments = app.environments.map(each =>
      each.name === 'prod' ? { ...each, problem: missing } : each,
    );
    renderStory({
      address: '/callboard/apps/checkout',
      api: fixtureApi({ getApp: async () => ({ ...app, environments }) }),
    });
    await leadsToSettings();
    expect(screen.getByText('Settings in Production')).toBeVisible();
  });
});

describe('resources', () => {
  it('rotates secrets: says what starts again, asks once, and shows what does', async () => {
    const rotated: unknown[] = [];
    const api = fixtureApi({
      rotateSecrets: async asked => {
        rotated.push(asked);
        return { version: 3, restarts: ['db', 'web', 'worker'] };
      },
    });
    renderStory({ address: prod, api });
    expect(
      within(await rowWith('vault')).queryByRole('button'),
    ).not.toBeInTheDocument();
    await press('Rotate the secrets of db');
    const dialog = await openedDialog();
    dialog.getByText(/^db, web and worker start again on 3 clusters/);
    const confirm = dialog.getByRole('button', { name: 'Rotate' });
    expect(rotated).toEqual([]);
    fireEvent.click(confirm);
    fireEvent.click(confirm);
    await isGone();
    expect(rotated).toEqual([
      { app: 'checkout', environment: 'prod', resource: 'checkout-db' },
    ]);
    expect(
      await screen.findByRole('group', {
        name: 'The secrets of db in Production are rotated',
      }),
    ).toHaveTextContent(
      'They are made for the 3rd time. db, web and worker start again.',
    );
  });
});
