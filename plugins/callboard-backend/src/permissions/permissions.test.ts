import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import authBackend from '@backstage/plugin-auth-backend';
import guestProvider from '@backstage/plugin-auth-backend-module-guest-provider';
import permissionBackend from '@backstage/plugin-permission-backend';
import { SCORE, TestPortal } from '../__testUtils__/TestPortal';
import { localPermissionsServiceFactory } from './localPermissionsServiceFactory';
import { callboardOwnerPolicy } from './ownerPolicyModule';

const GUEST = 'user:development/guest';
const SERVICE_TOKEN = 'service-0123456789abcdef';

/** A guest at an app of a group that guests belong to, at somebody else's app, a service, and a stranger. */
type Who = 'owner' | 'other' | 'service' | 'nobody';

/** With Backstage's own sign-in, permissions and the owner policy; nothing is mocked but the catalog. */
describe.each([
  ['asked over HTTP', permissionsServiceFactory],
  ['decided in this process', localPermissionsServiceFactory],
])('who may do what, %s', (way, permissionsService) => {
  let portal: TestPortal;
  let guestToken: string;

  beforeAll(async () => {
    portal = await TestPortal.start({
      features: [
        authBackend,
        guestProvider,
        permissionBackend,
        callboardOwnerPolicy,
      ],
      services: [
        authServiceFactory,
        httpAuthServiceFactory,
        permissionsService,
        userInfoServiceFactory,
      ],
      entities: [
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'User',
          metadata: { name: 'bo', namespace: 'default' },
          spec: {},
        },
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'User',
          metadata: { name: 'guest', namespace: 'development' },
          spec: { memberOf: ['group:default/guests'] },
          relations: [{ type: 'memberOf', targetRef: 'group:default/guests' }],
        },
      ],
      config: {
        git: {
          tokens: [
            { username: 'dev', token: 'dev-0123456789abcdef', user: GUEST },
          ],
        },
      },
      rootConfig: {
        permission: { enabled: true },
        auth: {
          providers: { guest: { dangerouslyAllowOutsideDevelopment: true } },
        },
        backend: {
          baseUrl: 'http://localhost',
          auth: {
            externalAccess: [
              {
                type: 'static',
                options: { token: SERVICE_TOKEN, subject: 'checks' },
              },
            ],
          },
        },
      },
      seeds: [
        {
          name: 'own',
          owner: 'group:default/guests',
          files: { 'score.yaml': SCORE },
          message: 'Start',
        },
      ],
    });
    await portal.push('theirs');
    const answer = await fetch(`${portal.url}/api/auth/guest/refresh`, {
      method: 'POST',
    });
    guestToken = (await answer.json()).backstageIdentity.token;
  });

  afterAll(() => portal.stop());

  async function ask(
    who: Who,
    method: string,
    path: string,
    body?: object,
  ): Promise<number> {
    const token = {
      owner: guestToken,
      other: guestToken,
      service: SERVICE_TOKEN,
      nobody: undefined,
    }[who];
    const answer = await fetch(
      `${portal.url}/api/callboard/v1${path.replace(
        '{app}',
        who === 'other' ? 'theirs' : 'own',
      )}`,
      {
        method,
        headers: {
          ...(token && { authorization: `Bearer ${token}` }),
          ...(body && { 'content-type': 'application/json' }),
        },
        body: body && JSON.stringify(body),
      },
    );
    await answer.arrayBuffer();
    return answer.status;
  }

  const reading = { owner: 200, other: 200, service: 200, nobody: 401 };
  const draining = { kind: 'drain', cluster: 'eu-1' };
  const place = '/apps/{app}/environments/dev/clusters/eu-1';
  const ofNone = '/apps/none/environments/prod/promotions';
  const newApp = (name: string, owner: string) => ({
    name,
    owner,
    files: { 'score.yaml': SCORE },
  });
  it.each<[string, string, object | undefined, Record<Who, number>]>([
    ['GET', '/apps', undefined, reading],
    ['GET', '/apps/{app}', undefined, reading],
    [
      'GET',
      '/apps/none',
      undefined,
      { owner: 404, other: 404, service: 404, nobody: 401 },
    ],
    ['GET', '/apps/{app}/releases', undefined, reading],
    ['GET', '/apps/{app}/catalog-info', undefined, reading],
    ['GET', '/apps/{app}/environments/dev/placement', undefined, reading],
    ['GET', '/apps/{app}/environments/dev/logs', undefined, reading],
    ['GET', `${place}/kubernetes`, undefined, reading],
    ['GET', '/fleet', undefined, reading],
    ['GET', '/clusters', undefined, reading],
    ['GET', '/journal', undefined, reading],
    ['GET', '/history', undefined, reading],
    ['GET', '/apps/{app}/timeline', undefined, reading],
    ['GET', '/audit', undefined, reading],
    ['GET', '/audit.csv', undefined, reading],
    ['POST', '/fleet/what-if', { changes: [draining] }, reading],
    [
      'POST',
      '/clusters/eu-1/drain',
      {},
      { owner: 403, other: 403, service: 202, nobody: 401 },
    ],
    [
      'POST',
      '/apps/{app}/environments/prod/promotions',
      { release: 1 },
      { owner: 202, other: 403, service: 202, nobody: 401 },
    ],
    [
      'DELETE',
      '/apps/{app}?dryRun=true',
      undefined,
      { owner: 200, other: 403, service: 200, nobody: 401 },
    ],
    [
      'DELETE',
      '/apps/{app}/environments/dev',
      { confirm: 'no' },
      { owner: 422, other: 403, service: 422, nobody: 401 },
    ],
    ['GET', '/apps/{app}/environments/prod/rollout', undefined, reading],
    ...['pause', 'resume', 'abort', 'rollback'].map(
      (action): [string, string, undefined, Record<Who, number>] => [
        'POST',
        `/apps/{app}/environments/prod/rollout/${action}`,
        undefined,
        { owner: 202, other: 403, service: 202, nobody: 401 },
      ],
    ),
    [
      'POST',
      ofNone,
      { release: 1 },
      { owner: 404, other: 404, service: 404, nobody: 401 },
    ],
    [
      'POST',
      '/apps',
      newApp('new-1', 'group:default/guests'),
      { owner: 201, other: 409, service: 409, nobody: 401 },
    ],
    [
      'POST',
      '/apps',
      newApp('new-2', 'group:default/others'),
      { owner: 403, other: 403, service: 201, nobody: 401 },
    ],
  ])('%s %s', async (method, path, body, expected) => {
    const statuses: Partial<Record<Who, number>> = {};
    for (const who of ['owner', 'other', 'service', 'nobody'] as const) {
      statuses[who] = await ask(who, method, path, body);
    }
    expect(statuses).toEqual(expected);
  });

  it('lets who must approve promote an app of others, tells them so, and nobody else', async () => {
    const promotions = '/apps/{app}/environments/prod/promotions';
    const viewer = async (app: string) => {
      const headers = { authorization: `Bearer ${guestToken}` };
      const address = `${portal.url}/api/callboard/v1/apps`;
      const one = await (await fetch(`${address}/${app}`, { headers })).json();
      const { items } = await (await fetch(address, { headers })).json();
      const listed = items.find(({ name }: { name: string }) => name === app);
      expect(listed.viewer).toEqual(one.viewer);
      return one.viewer;
    };
    const { approvals } = portal.controlPlane;
    try {
      approvals.set('theirs', 'group:default/guests');
      approvals.set('own', 'group:default/leads');
      expect(await viewer('theirs')).toEqual({
        promote: false,
        delete: false,
        change: false,
        approve: ['prod'],
      });
      expect(await viewer('own')).toEqual({
        promote: true,
        delete: true,
        change: true,
        approve: [],
      });
      expect(await ask('other', 'POST', promotions, { release: 1 })).toBe(202);
      expect(await ask('owner', 'POST', promotions, { release: 1 })).toBe(403);
    } finally {
      approvals.clear();
    }
    expect(await viewer('theirs')).toEqual({
      promote: false,
      delete: false,
      change: false,
      approve: [],
    });
  });

  it('asks itself over HTTP only where it must', async () => {
    let questions = 0;
    // Routers take the start of `url` away while they serve it.
    const note = (req: { url?: string; originalUrl?: string }) => {
      if (/permission/.test(req.originalUrl ?? req.url ?? '')) questions += 1;
    };
    portal.server.on('request', note);
    for (const path of ['/apps', '/apps/own', '/fleet', '/clusters', '/audit'])
      expect(await ask('owner', 'GET', path)).toBe(200);
    portal.server.removeListener('request', note);
    expect(questions === 0).toBe(way === 'decided in this process');
  });

  it('promotes nothing for who may not', async () => {
    const before = portal.controlPlane.promotions.length;
    expect(
      await ask('other', 'POST', '/apps/{app}/environments/prod/promotions', {
        release: 1,
      }),
    ).toBe(403);
    expect(portal.controlPlane.promotions).toHaveLength(before);
  });

  it.each<[string, string, () => string, string]>([
    [
      'a git token, by the rule IS_APP_OWNER',
      'dev',
      () => 'dev-0123456789abcdef',
      'somebody else',
    ],
    [
      "a sign-in token, by the portal's policy",
      'anybody',
      () => guestToken,
      'user:default/ana',
    ],
  ])('judges a push with %s', async (_, username, token, owner) => {
    const work = await portal.repository({
      'score.yaml': SCORE,
      [username]: '',
    });
    const push = (app: string) =>
      portal.git(
        work,
        'push',
        '--force',
        portal.gitUrl(app, username, token()),
        'main',
      );
    const refused = await push('theirs');
    expect(refused.code).not.toBe(0);
    expect(refused.remote.join(' ').replace(/ +/g, ' ')).toContain(
      `it belongs to ${owner}, and ${GUEST} may not act for it`,
    );
    expect((await push('own')).code).toBe(0);
    expect((await push(`new-by-${username}`)).code).toBe(0);
    expect(portal.controlPlane.recorded.slice(-1)).toMatchObject([
      { actor: GUEST, owner: 'group:default/guests' }, // the one team of the guest
    ]);
  });

  it('takes from the group that gave an app away what it could do', async () => {
    const gives = { owner: 'user:default/bo', why: 'The team moved' };
    expect(await ask('other', 'PATCH', '/apps/{app}', gives)).toBe(403);
    expect(await ask('owner', 'PATCH', '/apps/{app}?dryRun=true', gives)).toBe(
      200,
    );
    expect(await ask('owner', 'DELETE', '/apps/{app}?dryRun=true')).toBe(200);
    expect(await ask('owner', 'PATCH', '/apps/{app}', gives)).toBe(200);
    const takesBack = { owner: 'user:development/guest' };
    expect(await ask('owner', 'PATCH', '/apps/{app}', takesBack)).toBe(403);
    expect(await ask('owner', 'DELETE', '/apps/{app}?dryRun=true')).toBe(403);
    expect(
      await ask('owner', 'POST', '/apps/{app}/environments/prod/promotions', {
        release: 1,
      }),
    ).toBe(403);
    expect(await ask('service', 'PATCH', '/apps/{app}', takesBack)).toBe(200);
    expect(await ask('owner', 'DELETE', '/apps/{app}?dryRun=true')).toBe(200);
  });
});
