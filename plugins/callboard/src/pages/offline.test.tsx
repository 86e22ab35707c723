import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { ProblemError } from '@callboard/plugin-callboard-common';
import {
  type CallboardApi,
  callboardApiRef,
} from '@callboard/plugin-callboard-react';
import { screen, waitFor, within } from '@testing-library/react';
import { AppEntityCard } from '../entity/AppEntityCard';
import { ClusterEntityCard } from '../entity/ClusterEntityCard';
import { fixtureApi } from '../stories/fixtureApi';
import * as fixtures from '../stories/fixtures';
import { callboardPlugin } from '../plugin';
import { renderStory } from '../stories/__testUtils__/renderStory';

/** A portal that answers until it is cut off: then every request fails. */
function cuttable(api: CallboardApi): { api: CallboardApi; cut: () => void } {
  let isUp = true;
  return {
    cut: () => {
      isUp = false;
    },
    api: new Proxy(api, {
      get: (target, name) => {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function' || name === 'topicOf') return value;
        return (...args: unknown[]) => {
          if (!isUp)
            throw new ProblemError({
              code: 'callboard-unreachable',
              what: 'Cannot read this',
              why: 'the portal does not answer from here',
              next: 'Check your connection',
              transient: true,
            });
          return value.apply(target, args);
        };
      },
    }),
  };
}

const isLost = () =>
  waitFor(() => expect(screen.getByRole('alert')).toBeInTheDocument(), {
    timeout: 20_000,
  });

it('switches off deploying from the releases while the portal does not answer', async () => {
  const { api, cut } = cuttable(fixtureApi());
  renderStory({ address: '/callboard/apps/checkout?tab=releases', api });
  const [deploy] = await screen.findAllByRole('button', {
    name: /^Deploy release/,
  });
  expect(deploy).toBeEnabled();
  cut();
  await isLost();
  for (const button of screen.getAllByRole('button', {
    name: /^Deploy release/,
  }))
    expect(button).toBeDisabled();
}, 30_000);

it('has no green shape on a finished rollout while the portal does not answer', async () => {
  const { api, cut } = cuttable(
    fixtureApi({
      getApp: async () => fixtures.wavingApp('done'),
      getRollout: async () =>
        fixtures.rollout('done', {
          waves: [{ name: '', cells: [{ cluster: 'eu-1', state: 'done' }] }],
        }),
    }),
  );
  renderStory({ address: '/callboard/apps/checkout', api });
  const line = await screen.findByRole('region', {
    name: 'Rollout in Production',
  });
  const shape = () => line.querySelector('svg[data-status]');
  expect(shape()).toHaveAttribute('data-status', 'Healthy');
  cut();
  await isLost();
  expect(shape()).toHaveAttribute('data-status', 'Unknown');
}, 30_000);

it.each([
  { name: 'an app', card: <AppEntityCard />, entity: 'checkout' },
  { name: 'a cluster', card: <ClusterEntityCard />, entity: 'eu-1' },
])(
  'says on the catalog card of $name of when its data is',
  async ({ card, entity }) => {
    const { api, cut } = cuttable(fixtureApi());
    const page = PageBlueprint.make({
      params: {
        path: '/card',
        loader: async () => (
          <EntityProvider
            entity={{
              apiVersion: 'backstage.io/v1alpha1',
              kind: 'Component',
              metadata: { name: entity },
            }}
          >
            {card}
          </EntityProvider>
        ),
      },
    });
    renderTestApp({
      features: [
        callboardPlugin,
        createFrontendPlugin({ pluginId: 'test', extensions: [page] }),
      ],
      initialRouteEntries: ['/card'],
      apis: [[callboardApiRef, api]],
    });
    await screen.findAllByText('Healthy');
    cut();
    await isLost();
    expect(
      within(screen.getByRole('alert')).getByText(
        'Callboard is not answering.',
      ),
    ).toBeInTheDocument();
    expect(screen.queryByText('Healthy')).not.toBeInTheDocument();
  },
  30_000,
);
