import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  EntityProvider,
  type CatalogApi,
  catalogApiRef,
} from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { callboardApiRef } from '@callboard/plugin-callboard-react';
import { screen, within } from '@testing-library/react';
import { fixtureApi } from '../stories/fixtureApi';
import * as fixtures from '../stories/fixtures';
import { callboardPlugin } from '../plugin';
import { SystemEntityCard } from './SystemEntityCard';

function entityOf(kind: string, name: string, whole?: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      name,
      namespace: 'default',
      ...(kind === 'Component' && {
        annotations: { 'callboard.dev/app': name },
      }),
    },
    ...(whole !== undefined && {
      relations: [{ type: 'partOf', targetRef: whole }],
    }),
  };
}

const system = entityOf('System', 'market', 'domain:default/shops');
const domain = entityOf('Domain', 'shops');

function show(entity: Entity, entities: Entity[]): CatalogApi {
  const catalog = catalogApiMock({ entities });
  jest.spyOn(catalog, 'queryEntities');
  const page = PageBlueprint.make({
    params: {
      path: '/entity',
      loader: async () => (
        <EntityProvider entity={entity}>
          <SystemEntityCard />
        </EntityProvider>
      ),
    },
  });
  renderTestApp({
    features: [
      callboardPlugin,
      createFrontendPlugin({ pluginId: 'test', extensions: [page] }),
    ],
    initialRouteEntries: ['/entity'],
    apis: [
      [
        callboardApiRef,
        fixtureApi({
          listApps: async () => [
            fixtures.app(),
            {
              ...fixtures.crashingApp(),
              name: 'payments',
              title: 'Payments',
            },
            fixtures.app({ name: 'elsewhere', title: 'Elsewhere' }),
          ],
        }),
      ],
      [catalogApiRef, catalog],
    ],
  });
  return catalog;
}

const PARTS = [
  entityOf('Component', 'checkout', 'system:default/market'),
  entityOf('Component', 'payments', 'system:default/market'),
  entityOf('Component', 'planned', 'system:default/market'),
  entityOf('Component', 'elsewhere', 'system:default/other'),
];

it.each([
  ['System', system, 1],
  ['Domain', domain, 2],
])(
  'says on a %s how its apps are, with what needs attention first',
  async (_, entity, requests) => {
    const catalog = show(entity, [system, domain, ...PARTS]);
    expect(
      await screen.findByText('2 apps; 1 needs attention.'),
    ).toBeInTheDocument();
    const card = screen.getByRole('region', { name: 'Callboard' });
    expect(
      within(within(card).getByRole('list', { name: 'How the apps are' }))
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Degraded 1', 'Healthy 1']);
    expect(
      within(card)
        .getAllByRole('link', { name: /Checkout|Payments|Elsewhere/ })
        .map(({ textContent }) => textContent),
    ).toEqual(['Payments', 'Checkout']);
    expect(card).toHaveTextContent(/On \d+ clusters?: .*eu-1/);
    expect(card).toHaveTextContent(
      '1 app that a component names is not delivered yet, or you may not see it.',
    );
    expect(catalog.queryEntities).toHaveBeenCalledTimes(requests);
  },
);

it('says that nothing in it is an app', async () => {
  show(system, [system]);
  expect(
    await screen.findByText('No component of this system names an app.'),
  ).toBeInTheDocument();
});
