import { render, screen, within } from '@testing-library/react';
import { App } from './App';

const healthy = {
  status: 'Healthy',
  reason: 'AllHealthy',
  message: 'All ready',
};

const app = {
  name: 'checkout',
  title: 'Checkout',
  owner: 'user:default/guest',
  repository: { cloneUrl: 'http://localhost/api/callboard/git/checkout.git' },
  sentence: 'Release 1 is healthy in dev.',
  createdAt: '2026-11-20T10:00:00Z',
  environments: [
    {
      name: 'dev',
      title: 'dev',
      release: {
        number: 1,
        revision: 'a'.repeat(40),
        message: 'First',
        author: 'Ana <ana@example.com>',
        createdAt: '2026-11-20T10:00:00Z',
      },
      health: healthy,
      freshness: 'live',
      clusters: [],
      findings: [],
      placement: null,
    },
  ],
};

const cluster = {
  name: 'dev-1',
  title: 'dev-1',
  labels: { region: 'eu' },
  claims: {},
  taints: [],
  freshness: 'live',
  observedAt: '2026-11-20T10:00:00Z',
  connection: { kind: 'kubeconfig', since: null, roundTripMs: 3 },
  blueprint: null,
  health: healthy,
  apps: [],
  nodes: { ready: 1, total: 1 },
  scheduling: { state: 'open' },
  sentence: 'dev-1 is live and carries no app.',
};

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
    sentence: '1 cluster, all live; 1 app, none needs attention.',
    clusters: { total: 1, live: 1, stale: 0, unreachable: 0 },
    apps: { total: 1, needAttention: 0 },
    playground: false,
  },
  '/api/callboard/v1/clusters': { items: [cluster] },
  '/api/callboard/v1/apps': { items: [app] },
  '/api/callboard/v1/apps/checkout': app,
  '/api/callboard/v1/tokens': { items: [], maxDays: 365 },
  '/api/callboard/v1/journal': { items: [] },
  '/api/catalog/entities/by-name/component/default/checkout': {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: 'checkout',
      namespace: 'default',
      annotations: { 'callboard.dev/app': 'checkout' },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'guest' },
  },
};

async function answer(input: RequestInfo | URL): Promise<Response> {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const body = answers[pathname];
  const status = body === undefined ? 404 : 200;
  return {
    ok: status === 200,
    status,
    statusText: status === 200 ? 'OK' : 'Not Found',
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
        app: { title: 'Test', baseUrl: 'http://localhost' },
        backend: { baseUrl: 'http://localhost' },
      },
    },
  ];
  // Where the bundler puts a portal's configuration, as values.
  process.env = { NODE_ENV: 'test', APP_CONFIG: config as never };
});

function open(address: string): void {
  window.history.pushState({}, '', address);
  render(<App />);
}

describe('Callboard in a portal of the older frontend system', () => {
  it('opens on the fleet', async () => {
    open('/');
    expect(
      await screen.findByText(
        '1 cluster, all live; 1 app, none needs attention.',
      ),
    ).toBeInTheDocument();
    expect(await screen.findByRole('link', { name: /dev-1/ })).toHaveAttribute(
      'href',
      '/callboard/clusters/dev-1',
    );
  });

  it('shows an app', async () => {
    open('/callboard/apps/checkout');
    expect(
      await screen.findByText('Release 1 is healthy in dev.'),
    ).toBeInTheDocument();
  });

  it.each([
    ['/callboard/audit', 'Audit'],
    ['/callboard/blueprints', 'Blueprints'],
    ['/callboard/environments', 'Environments'],
    ['/callboard/policies', 'Policies'],
  ])('has a page at %s', async (address, title) => {
    open(address);
    expect(
      await screen.findByRole('heading', { level: 1, name: title }),
    ).toBeInTheDocument();
  });

  it('shows the card and leads to the tab of a component', async () => {
    open('/catalog/default/component/checkout');
    const card = await screen.findByRole('region', { name: 'Callboard' });
    expect(
      await within(card).findByText('Release 1 is healthy in dev.'),
    ).toBeInTheDocument();
    expect(within(card).getByRole('link', { name: 'open' })).toHaveAttribute(
      'href',
      '/callboard/apps/checkout',
    );
  });

  it('has the git tokens of a person on the settings page', async () => {
    open('/settings/git-tokens');
    expect(
      await screen.findByRole('button', { name: 'Create a token' }),
    ).toBeInTheDocument();
  });

  it('shows the tab of a component', async () => {
    open('/catalog/default/component/checkout/callboard');
    expect(await screen.findByText('Where it runs')).toBeInTheDocument();
  });
});
