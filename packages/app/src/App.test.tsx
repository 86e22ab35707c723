import { render, screen, within } from '@testing-library/react';
import App from './App';

const SENTENCE = 'No cluster is registered yet; no app yet.';

/** What this portal's backend answers, by path. */
const answers: Record<string, unknown> = {
  '/api/auth/guest/refresh': {
    profile: {},
    providerInfo: {},
    backstageIdentity: {
      token: `e30.${btoa(JSON.stringify({ exp: 4_000_000_000 }))}.x`,
      identity: {
        type: 'user',
        userEntityRef: 'user:default/guest',
        ownershipEntityRefs: ['user:default/guest'],
      },
    },
  },
  '/api/callboard/v1/fleet': {
    sentence: SENTENCE,
    clusters: { total: 0, live: 0, stale: 0, unreachable: 0 },
    apps: { total: 0, needAttention: 0 },
    environments: [],
    playground: false,
  },
  '/api/callboard/v1/clusters': { items: [] },
};

async function answer(input: RequestInfo | URL): Promise<Response> {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const body = answers[pathname];
  return {
    ok: body !== undefined,
    status: body === undefined ? 404 : 200,
    statusText: body === undefined ? 'Not Found' : 'OK',
    headers: new Headers({ 'content-type': 'application/json' }),
    json: async () => body ?? {},
    text: async () => JSON.stringify(body ?? {}),
  } as Response;
}

beforeAll(() => {
  window.fetch = answer;
  const config = [
    {
      context: 'test',
      data: {
        app: { title: 'Callboard', baseUrl: 'http://localhost' },
        backend: { baseUrl: 'http://localhost' },
      },
    },
  ];
  // Where the bundler puts a portal's configuration, as values.
  process.env = { NODE_ENV: 'test', APP_CONFIG: config as never };
});

it('signs in as guest and opens on the fleet; Callboard is one item of the menu, the first, and has tabs', async () => {
  render(App.createRoot());
  expect(await screen.findByText(SENTENCE)).toBeInTheDocument();
  expect(window.location.pathname).toBe('/callboard');
  const menu = screen
    .getAllByRole('link')
    .map(link => link.getAttribute('aria-label'))
    .filter(label => label !== null);
  const tabs = screen.getByRole('navigation', { name: 'Callboard' });
  expect(
    within(tabs)
      .getAllByRole('link')
      .map(link => [link.textContent, link.getAttribute('aria-current')]),
  ).toEqual([
    ['Fleet', 'page'],
    ['Apps', null],
    ['Environments', null],
    ['Blueprints', null],
    ['Policies', null],
    ['Audit', null],
  ]);
  expect(menu.slice(0, 2)).toEqual(['Callboard, first page', 'Callboard']);
});

it('says that an address leads nowhere, with the ways on', async () => {
  window.history.pushState({}, '', '/nowhere/at-all');
  render(App.createRoot());
  expect(await screen.findByRole('link', { name: 'All apps' })).toHaveAttribute(
    'href',
    '/callboard/apps',
  );
  expect(document.body).toHaveTextContent('Nothing is at /nowhere/at-all.');
});
