import type { AddressInfo } from 'node:net';
import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  type DefinitivePolicyDecision,
} from '@backstage/plugin-permission-common';
import { createPowerRouter } from './createPowerRouter';

const API = '/api/callboard/v1/playground';
const POWER = `${API}/clusters/dev-1/power`;

/** By what somebody may do; `undefined` where nobody is signed in. */
const CALLERS: Record<string, readonly string[] | undefined> = {
  nobody: undefined,
  cookie: undefined,
  'nothing granted': [],
  'may read clusters': ['callboard.cluster.read'],
  'may use the playground': ['callboard.playground.use'],
  'may do both': ['callboard.cluster.read', 'callboard.playground.use'],
};

interface Asked {
  method: string;
  path: string;
  body?: string;
  /** Permission that it takes; none where signing in is enough. */
  needs?: string;
  /** For who may. */
  status: number;
}

const READ = 'callboard.cluster.read';
const USE = 'callboard.playground.use';
const ROUTES: Asked[] = [
  { method: 'GET', path: `${API}/isolation`, status: 200 },
  { method: 'GET', path: POWER, needs: READ, status: 200 },
  {
    method: 'GET',
    path: POWER.replace('dev-1', 'none'),
    needs: READ,
    status: 404,
  },
  { method: 'PUT', path: POWER, body: '{"on":false}', needs: USE, status: 200 },
  { method: 'PUT', path: POWER, body: '{"on":"no"}', needs: USE, status: 400 },
  { method: 'PUT', path: POWER, body: '[]', needs: USE, status: 400 },
  {
    method: 'PUT',
    path: POWER.replace('dev-1', '__proto__'),
    body: '{"on":false}',
    needs: USE,
    status: 404,
  },
];

/** Who gets what from the playground's own routes. */
describe('the routes of the playground', () => {
  let granted: readonly string[] = [];
  let switched: Array<[string, boolean]> = [];
  let backend: Awaited<ReturnType<typeof startTestBackend>>;
  let url: string;

  beforeAll(async () => {
    const permissions = createServiceFactory({
      service: coreServices.permissions,
      deps: {},
      factory: () => {
        const decide = async (asked: Array<{ permission: { name: string } }>) =>
          asked.map(
            ({ permission }): DefinitivePolicyDecision => ({
              result: granted.includes(permission.name)
                ? AuthorizeResult.ALLOW
                : AuthorizeResult.DENY,
            }),
          );
        return { authorize: decide, authorizeConditional: decide };
      },
    });
    const plugin = createBackendPlugin({
      pluginId: 'callboard',
      register(env) {
        env.registerInit({
          deps: {
            auditor: coreServices.auditor,
            httpAuth: coreServices.httpAuth,
            httpRouter: coreServices.httpRouter,
            permissions: coreServices.permissions,
          },
          async init({ httpRouter, ...services }) {
            httpRouter.use(
              createPowerRouter({
                ...services,
                fleet: {
                  isOn: name => (name === 'dev-1' ? true : undefined),
                  switchPower: async (name, on) => {
                    switched.push([name, on]);
                  },
                },
                facts: {
                  isolation: { kind: 'none', why: 'a test' },
                  postgres: { kind: 'missing', why: 'a test' },
                  controls: [],
                },
              }),
            );
          },
        });
      },
    });
    backend = await startTestBackend({
      features: [
        plugin,
        permissions,
        mockServices.httpAuth.factory({
          defaultCredentials: mockCredentials.none(),
        }),
      ],
    });
    url = `http://127.0.0.1:${(backend.server.address() as AddressInfo).port}`;
  });

  afterAll(() => backend.stop());

  function headersOf(caller: string): Record<string, string> {
    if (caller === 'nobody') return {};
    return caller === 'cookie'
      ? { cookie: mockCredentials.limitedUser.cookie() }
      : { authorization: mockCredentials.user.header() };
  }

  it.each(
    Object.keys(CALLERS).flatMap(caller =>
      ROUTES.map((route): [string, string, string, Asked] => [
        caller,
        route.method,
        `${route.path} ${route.body ?? ''}`,
        route,
      ]),
    ),
  )('%s: %s %s', async (caller, method, _, { path, body, needs, status }) => {
    switched = [];
    granted = CALLERS[caller] ?? [];
    const answer = await fetch(url + path, {
      method,
      headers: { ...headersOf(caller), 'content-type': 'application/json' },
      body,
    });
    const isSignedIn = CALLERS[caller] !== undefined;
    const may = needs === undefined || granted.includes(needs);
    const expected = isSignedIn ? (may && status) || 403 : 401;
    expect(answer.status).toBe(expected);
    expect(switched).toEqual(
      method === 'PUT' && expected === 200 ? [['dev-1', false]] : [],
    );
  });
});
