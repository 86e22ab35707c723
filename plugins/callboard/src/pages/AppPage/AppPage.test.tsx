import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ProblemError } from '@callboard/plugin-callboard-common';
import { faultsOf } from '../../stories/__testUtils__/faultsOf';
import { appPageStories } from '../../stories/appPage.stories';
import { fixtureApi } from '../../stories/fixtureApi';
import * as fixtures from '../../stories/fixtures';
import { renderStory } from '../../stories/__testUtils__/renderStory';
import { rowWith } from '../../stories/__testUtils__/rowWith';

const address = '/callboard/apps/checkout';

describe('app page', () => {
  it.each(appPageStories)('$name', async story => {
    expect(await faultsOf(story)).toEqual([]);
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
      await screen.findByRole('button', { name: 'Roll back' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'ap-1 and eu-1 go back to release 42, all at once; us-1 never left it.',
    );
    expect(steered).toEqual([]);
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Roll back' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(steered).toEqual([
      { app: 'checkout', environment: 'prod', action: 'rollback' },
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
      screen.queryByRole('button', { name: 'Roll back' }),
    ).not.toBeInTheDocument();
  });
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
      await screen.findByRole('button', { name: 'Promote 44 to prod' }),
    );
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent(
      'Release 44 “Read rates from the new service” by Ana Ruiz replaces release 42.',
    );
    await waitFor(() =>
      expect(dialog).toHaveTextContent(
        'It goes to 3 clusters: ap-1, eu-1, us-1.',
      ),
    );
    expect(promoted).toEqual([]);

    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Promote 44' }),
    );
    await waitFor(() =>
      expect(screen.queryByRole('dialog')).not.toBeInTheDocument(),
    );
    expect(promoted).toEqual([
      { app: 'checkout', environment: 'prod', release: 44 },
    ]);
    expect(await screen.findByText(/starting on 2/)).toBeInTheDocument();
  });

  it('shows a refusal inside the dialog', async () => {
    const api = fixtureApi({
      promote: async () => {
        throw new ProblemError({
          code: 'not-allowed',
          what: 'Cannot promote "checkout" to prod',
          why: 'only payments may',
          next: 'Ask payments',
          transient: false,
        });
      },
    });
    renderStory({ address, api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Promote 44 to prod' }),
    );
    await userEvent.click(
      await screen.findByRole('button', { name: 'Promote 44' }),
    );
    const refusal = await screen.findByRole('alert');
    expect(refusal).toHaveTextContent('Only payments may.');
    expect(screen.getByRole('dialog')).toBeInTheDocument();
  });

  it('brings an older release back from the list of releases', async () => {
    const promoted: unknown[] = [];
    const api = fixtureApi({
      promote: async input => void promoted.push(input),
    });
    renderStory({ address: `${address}?tab=releases`, api });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Bring release 43 to' }),
    );
    await userEvent.click(await screen.findByRole('menuitem', { name: 'dev' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog).toHaveTextContent('Go back to release 43 in dev');
    await userEvent.click(
      within(dialog).getByRole('button', { name: 'Go back to 43' }),
    );
    await waitFor(() =>
      expect(promoted).toEqual([
        { app: 'checkout', environment: 'dev', release: 43 },
      ]),
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
    await screen.findByRole('button', { name: 'Bring release 43 to' });
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
        code: 'down',
        what: 'Cannot read app',
        why: 'gone',
        next: 'Wait',
        transient: false,
      });
    },
  });
  renderStory({ address, api });
  const row = await rowWith('us-1');
  expect(row).toHaveTextContent('Healthy');
  isDown = true;
  window.dispatchEvent(new Event('focus'));
  document.dispatchEvent(new Event('visibilitychange'));
  await waitFor(() =>
    expect(screen.getByText('Cannot read app')).toBeInTheDocument(),
  );
  expect(await rowWith('us-1')).not.toHaveTextContent('Healthy');
  expect(screen.getByText(/Release 42 is healthy/)).toBeInTheDocument();
});

it('opens the logs of the cluster a finding names', async () => {
  renderStory({
    address,
    api: fixtureApi({ getApp: async () => fixtures.crashingApp() }),
  });
  await userEvent.click(await screen.findByRole('link', { name: 'Open logs' }));
  expect(await screen.findByText('Last output on dev-1')).toBeInTheDocument();
});
