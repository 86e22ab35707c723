import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  isResourcePermission,
} from '@backstage/plugin-permission-common';
import searchBackend from '@backstage/plugin-search-backend';
import { eventually } from '@callboard/testing';
import { searchModuleCallboard } from './module';

jest.setTimeout(30_000);

const MINE = 'user:default/ana';

/** Reads apps of her own alone, and no cluster unless she runs the platform. */
const permissions = mockServices.permissions.mock({
  authorizeConditional: async requests =>
    requests.map(({ permission }) =>
      isResourcePermission(permission)
        ? {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'callboard',
            resourceType: permission.resourceType,
            conditions: {
              rule: 'IS_APP_OWNER',
              resourceType: permission.resourceType,
              params: { claims: [MINE] },
            },
          }
        : { result: AuthorizeResult.DENY },
    ),
  authorize: async requests =>
    requests.map(request => ({
      result:
        'resourceRef' in request && request.resourceRef === 'shop'
          ? AuthorizeResult.ALLOW
          : AuthorizeResult.DENY,
    })),
});

function appOf(name: string, owner: string): object {
  return {
    name,
    title: name,
    owner,
    sentence: `Release 1 of ${name} is degraded in dev.`,
    environments: [
      {
        name: 'dev',
        title: 'Development',
        clusters: [{ cluster: 'eu-1', title: 'Frankfurt' }],
        findings: [
          {
            what: `${name} cannot start in dev: it ends with exit code 3`,
            next: 'Roll back',
            cluster: 'eu-1',
            logTail: ['password=hunter2'],
            evidence: [],
          },
        ],
      },
    ],
  };
}

/** The routes of the plugin `callboard` that are read. */
const callboard = createBackendPlugin({
  pluginId: 'callboard',
  register: env =>
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        httpAuth: coreServices.httpAuth,
      },
      async init({ httpRouter, httpAuth }) {
        httpRouter.use(async (req, res) => {
          await httpAuth.credentials(req, { allow: ['service'] });
          const items: Record<string, object[]> = {
            '/v1/apps': [
              appOf('shop', MINE),
              appOf('secret', 'group:default/others'),
            ],
            '/v1/clusters': [
              {
                name: 'eu-1',
                title: 'Frankfurt',
                labels: { region: 'eu' },
                claims: { provider: 'aws' },
                blueprint: { name: 'golden' },
              },
            ],
            '/v1/blueprints': [{ name: 'golden', versions: [{ version: 3 }] }],
          };
          res.json({ items: items[req.path] ?? [] });
        });
      },
    }),
});

describe('search', () => {
  let url: string;
  let stop: () => Promise<void>;

  /** A portal; as it is again after a restart. */
  async function start(isEnabled: boolean): Promise<void> {
    const backend = await startTestBackend({
      features: [
        callboard,
        searchBackend,
        searchModuleCallboard,
        schedulerServiceFactory,
        permissions.factory,
        mockServices.rootConfig.factory({
          data: {
            backend: { baseUrl: 'http://localhost' },
            permission: { enabled: isEnabled },
          },
        }),
      ],
    });
    url = `http://127.0.0.1:${backend.server.port()}`;
    stop = () => backend.stop();
  }

  afterEach(() => stop());

  async function find(term: string, types: string[]): Promise<string[]> {
    const query = new URLSearchParams({ term });
    types.forEach((type, index) =>
      query.set(`types[${index}]`, `callboard-${type}`),
    );
    const answer = await fetch(`${url}/api/search/query?${query}`, {
      headers: { authorization: mockCredentials.user.header(MINE) },
    });
    if (!answer.ok) return ['not indexed yet'];
    const { results } = await answer.json();
    return results
      .map(
        ({ document }: { document: Record<string, string> }) =>
          `${document.title} | ${document.text} | ${document.location}`,
      )
      .sort();
  }

  const untilFound = (term: string, types: string[], expected: unknown) =>
    eventually(`${term} is found`, async () => {
      expect(await find(term, types)).toEqual(expected);
    });

  it('finds apps, findings, clusters and blueprints, at the first time and after a restart', async () => {
    for (const _life of ['first', 'second']) {
      await start(false);
      await untilFound(
        'frankfurt',
        ['apps', 'clusters'],
        [
          'eu-1 · Frankfurt | Kubernetes cluster. Labels region eu. On aws. Blueprint golden | /callboard/clusters/eu-1',
          expect.stringMatching(/^secret/),
          'shop | Release 1 of shop is degraded in dev. Runs on eu-1 · Frankfurt. Owner ana | /callboard/apps/shop',
        ],
      );
      await untilFound(
        'golden',
        ['blueprints'],
        [
          'Blueprint golden | Baseline of clusters. Newest version 3 | /callboard/blueprints?open=golden',
        ],
      );
      await untilFound(
        'exit',
        ['findings'],
        [
          expect.stringMatching(/^secret/),
          'shop in Development | shop cannot start in dev: it ends with exit code 3. Roll back. On eu-1. Owner ana | /callboard/apps/shop#dev-1',
        ],
      );
      expect(await find('hunter2', ['apps', 'findings'])).toEqual([]);
      if (_life === 'first') await stop();
    }
  });

  it('finds nothing of an app that its reader may not read, and no cluster', async () => {
    await start(true);
    await untilFound('exit', ['findings'], [expect.stringMatching(/^shop/)]);
    await untilFound('release', ['apps'], [expect.stringMatching(/^shop/)]);
    expect(await find('secret', ['apps', 'findings'])).toEqual([]);
    expect(await find('frankfurt', ['clusters'])).toEqual([]);
    expect(await find('golden', ['blueprints'])).toEqual([]);
  });
});
