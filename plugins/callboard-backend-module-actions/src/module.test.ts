import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceFactory,
  actionsServiceFactory,
} from '@backstage/backend-defaults/alpha';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { actionsModule } from './module';

jest.setTimeout(30_000);

const ANA = 'user:default/ana';
const EVE = 'user:default/eve';

const appOf = (name: string) => ({
  name,
  title: name,
  owner: ANA,
  sentence: `Release 2 of ${name} is degraded in dev.`,
  environments: [
    {
      name: 'dev',
      title: 'Development',
      release: { number: 2, message: 'hunter2' },
      health: {
        status: 'Degraded',
        reason: 'crash-loop',
        message: 'it ends with exit code 3',
      },
      freshness: 'live',
      clusters: Array.from({ length: 80 }, (_, index) => ({
        cluster: `c-${index}`,
        release: 2,
        health: { status: 'Degraded' },
      })),
      findings: [
        {
          code: 'crash-loop',
          what: `${name} cannot start in dev: it ends with exit code 3`,
          next: 'Roll back',
          evidence: [{ label: 'said', value: 'hunter2' }],
          logTail: ['password=hunter2'],
          confidence: 'certain',
        },
      ],
    },
  ],
});

/** The plugin `callboard`: shows the shop to Ana alone, and everything by the operations that are read. */
function callboardThat(asked: string[]) {
  return createBackendPlugin({
    pluginId: 'callboard',
    register: env =>
      env.registerInit({
        deps: {
          httpRouter: coreServices.httpRouter,
          httpAuth: coreServices.httpAuth,
        },
        async init({ httpRouter, httpAuth }) {
          httpRouter.use(async (req, res, next) => {
            if (!req.path.startsWith('/v1/')) return next();
            const path = req.path.slice('/v1'.length);
            const { principal } = await httpAuth.credentials(req, {
              allow: ['user'],
            });
            asked.push(
              `${principal.userEntityRef} ${req.method} ${decodeURIComponent(
                req.url.slice('/v1'.length),
              )}`,
            );
            const isAna = principal.userEntityRef === ANA;
            if (path === '/apps')
              res.json({ items: isAna ? [appOf('shop'), appOf('web')] : [] });
            else if (path === '/apps/shop' && isAna) res.json(appOf('shop'));
            else if (path === '/apps/shop/environments/dev/placement')
              res.json({
                decidedAt: '2026-11-20T10:00:00Z',
                satisfied: true,
                message: 'Runs on 1 of 1 wanted clusters',
                verdicts: [
                  {
                    cluster: 'a-1',
                    verdict: 'refused',
                    reasons: [{ rule: 'taints', message: 'it is tainted' }],
                    remedy: 'Tolerate it',
                  },
                  {
                    cluster: 'eu-1',
                    verdict: 'chosen',
                    reasons: [],
                    remedy: null,
                  },
                ],
              });
            else if (path === '/fleet/what-if')
              res.json({
                at: '2026-11-20T10:00:00Z',
                sentence: '1 app moves',
                moves: [
                  {
                    app: 'shop',
                    environment: 'dev',
                    environmentTitle: 'Development',
                    from: ['eu-1'],
                    to: ['eu-2'],
                  },
                ],
                shortages: [],
                lostSpread: [],
                stays: [],
                data: [],
              });
            else if (path === '/journal')
              res.json({
                items: [
                  {
                    sequence: 7,
                    at: '2026-11-20T10:00:00Z',
                    actor: ANA,
                    action: 'release.promoted',
                    app: 'shop',
                    environment: 'prod',
                    release: 2,
                    message: 'Release 2 was promoted',
                    hash: 'abc',
                  },
                ],
              });
            else if (path.startsWith('/apps/'))
              res
                .status(404)
                .json({ error: { name: 'NotFoundError', message: 'No app' } });
            else next();
            return undefined;
          });
        },
      }),
  });
}

describe('actions', () => {
  const asked: string[] = [];
  let url: string;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const backend = await startTestBackend({
      features: [
        callboardThat(asked),
        actionsModule,
        actionsRegistryServiceFactory,
        actionsServiceFactory,
        mockServices.rootConfig.factory({
          data: {
            backend: {
              baseUrl: 'http://localhost',
              actions: { pluginSources: ['callboard'] },
            },
          },
        }),
      ],
    });
    url = `http://127.0.0.1:${backend.server.port()}/api/callboard/.backstage/actions/v1/actions`;
    stop = () => backend.stop();
  });
  beforeEach(() => void asked.splice(0));
  afterAll(() => stop());

  const headers = (user: string) => ({
    authorization: mockCredentials.user.header(user),
    'content-type': 'application/json',
  });

  async function invoke(name: string, input: object, user = ANA) {
    const response = await fetch(`${url}/callboard:${name}/invoke`, {
      method: 'POST',
      headers: headers(user),
      body: JSON.stringify(input),
    });
    const body = await response.json();
    return response.ok ? body.output : `${response.status}`;
  }

  it('only read, and say so', async () => {
    const { actions } = await (
      await fetch(url, { headers: headers(ANA) })
    ).json();
    expect(
      actions.map(
        ({
          id,
          attributes,
        }: {
          id: string;
          attributes: Record<string, boolean>;
        }) => [id, attributes.readOnly, attributes.destructive],
      ),
    ).toEqual(
      [
        'list-apps',
        'explain-app',
        'explain-placement',
        'ask-what-if',
        'list-changes',
      ].map(name => [`callboard:${name}`, true, false]),
    );
  });

  it('see what their caller may see', async () => {
    expect(await invoke('list-apps', {})).toMatchObject({
      apps: [{ name: 'shop' }, { name: 'web' }],
      left: 0,
    });
    expect(await invoke('list-apps', { search: 'SHO' })).toMatchObject({
      apps: [{ name: 'shop' }],
    });
    expect(await invoke('list-apps', {}, EVE)).toEqual({ apps: [], left: 0 });
    expect(await invoke('explain-app', { app: 'shop' }, EVE)).toMatch(/^[45]/);
    expect(asked).toContain(`${EVE} GET /apps/shop`);
  });

  it('explain an app without what it wrote, and no more than fits', async () => {
    const answer = await invoke('explain-app', { app: 'shop' });
    expect(answer.environments).toEqual([
      expect.objectContaining({
        name: 'dev',
        release: 2,
        health: 'Degraded',
        why: 'it ends with exit code 3',
        findings: [
          {
            code: 'crash-loop',
            what: 'shop cannot start in dev: it ends with exit code 3',
            next: 'Roll back',
          },
        ],
      }),
    ]);
    expect(answer.environments[0].clusters).toHaveLength(50);
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  it('explain a placement, chosen clusters first', async () => {
    expect(
      await invoke('explain-placement', { app: 'shop', environment: 'dev' }),
    ).toEqual({
      sentence: 'Runs on 1 of 1 wanted clusters',
      satisfied: true,
      clusters: [
        { cluster: 'eu-1', verdict: 'chosen', why: [] },
        {
          cluster: 'a-1',
          verdict: 'refused',
          why: ['it is tainted'],
          remedy: 'Tolerate it',
        },
      ],
      left: 0,
    });
  });

  it('rehearse, and list what changed', async () => {
    const changes = [{ kind: 'drain', cluster: 'eu-1' }];
    expect(await invoke('ask-what-if', { changes })).toEqual({
      sentence: '1 app moves',
      moves: [
        { app: 'shop', environment: 'dev', from: ['eu-1'], to: ['eu-2'] },
      ],
      shortages: [],
      left: 0,
    });
    expect(await invoke('list-changes', { app: 'shop' })).toEqual({
      changes: [
        {
          at: '2026-11-20T10:00:00Z',
          actor: ANA,
          action: 'release.promoted',
          app: 'shop',
          environment: 'prod',
          release: 2,
          message: 'Release 2 was promoted',
        },
      ],
    });
    expect(asked).toContain(`${ANA} GET /journal?app=shop&limit=50`);
  });

  it.each([
    ['explain-app', {}],
    ['explain-app', { app: 'a'.repeat(300) }],
    ['ask-what-if', { changes: [] }],
    ['ask-what-if', { changes: [{ kind: 'delete', cluster: 'eu-1' }] }],
    ['list-changes', { limit: 1000 }],
  ])('refuse what does not fit: %s %j', async (name, input) => {
    expect(await invoke(name, input)).toBe('400');
    expect(asked).toEqual([]);
  });
});
