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
import { screen } from '@testing-library/react';
import { fixtureApi } from '../stories/fixtureApi';
import * as fixtures from '../stories/fixtures';
import { callboardPlugin } from '../plugin';
import { AppEntityCard } from './AppEntityCard';
import { AppEntityContent } from './AppEntityContent';
import { isCallboardApp } from './isCallboardEntity';

/** A component of the company that names an app, in a namespace of its own. */
function component(app: string, owner: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'till',
      namespace: 'stores',
      annotations: { 'callboard.dev/app': app },
    },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

function show(
  part: JSX.Element,
  entity: ReturnType<typeof component>,
  api: Partial<CallboardApi> = {},
): void {
  const page = PageBlueprint.make({
    params: {
      path: '/entity',
      loader: async () => (
        <EntityProvider entity={entity}>{part}</EntityProvider>
      ),
    },
  });
  renderTestApp({
    features: [
      callboardPlugin,
      createFrontendPlugin({ pluginId: 'test', extensions: [page] }),
    ],
    initialRouteEntries: ['/entity'],
    apis: [[callboardApiRef, fixtureApi(api)]],
  });
}

const notThere = async () => {
  throw new ProblemError({
    code: 'app-not-found',
    what: 'Cannot find app "till"',
    why: 'there is none of this name, or you may not see it',
    next: 'Check the name, or ask the owner of the app',
    transient: false,
  });
};

const { owner } = fixtures.app();

it('is on every component that names an app, whatever its namespace', () => {
  expect(isCallboardApp(component('checkout', owner))).toBe(true);
});

it.each([
  ['card', <AppEntityCard />],
  ['tab', <AppEntityContent />],
])(
  'says on the %s of an app that is not delivered yet how to connect it',
  async (_, part) => {
    show(part, component('till', owner), { getApp: notThere });
    expect(
      await screen.findByRole('region', { name: 'Not delivered yet' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByText(/^git push .*<token>@.*\/git\/till\.git main$/),
    ).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.queryByText('Try again')).not.toBeInTheDocument();
  },
);

it('says of an annotation that names no app what is wrong with it', async () => {
  show(<AppEntityCard />, component('Not A Name', owner), {
    getApp: notThere,
  });
  expect(
    await screen.findByText(/contains the capital letter "N"/),
  ).toBeInTheDocument();
  expect(screen.queryByText(/^git push/)).not.toBeInTheDocument();
});

it('says that an entity names an app of somebody else', async () => {
  show(<AppEntityCard />, component('checkout', 'group:default/thieves'));
  expect(await screen.findByRole('note')).toHaveTextContent(
    'The app checkout belongs to payments, this entity to thieves.',
  );
});

it('leads from the card to where the app answers', async () => {
  show(<AppEntityCard />, component('checkout', owner));
  const [link] = await screen.findAllByRole('link', { name: /^https?:/ });
  expect(link).toHaveAttribute('target', '_blank');
  expect(screen.queryByRole('note')).not.toBeInTheDocument();
});
