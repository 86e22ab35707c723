import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { SCORE, TestPortal } from '../__testUtils__/TestPortal';
import { createNameGuard } from './createNameGuard';
import { teamOf } from './teamOf';

function component(
  name: string,
  owner: string,
  annotations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: 'default', annotations },
    spec: {},
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const TOKEN = 'a-token-of-cy-in-the-configuration';

/** Who pushes: of two teams, so that an app is theirs alone where nothing else says. */
const CY: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'cy', namespace: 'default' },
  spec: {},
  relations: ['stores', 'other'].map(name => ({
    type: 'memberOf',
    targetRef: `group:default/${name}`,
  })),
};

describe('the owner of a new app', () => {
  const userEntityRef = 'user:default/ana';
  it.each([
    ['one group', ['group:default/payments'], 'group:default/payments'],
    ['no group', [], userEntityRef],
    ['two groups', ['group:default/a', 'group:default/b'], userEntityRef],
  ])('is told by %s', (_, groups, expected) => {
    const ownershipRefs = [userEntityRef, ...groups];
    expect(teamOf({ userEntityRef, ownershipRefs })).toBe(expected);
  });
});

describe('the name of a new app', () => {
  let portal: TestPortal;

  beforeAll(async () => {
    const tokens = [{ username: 'cy', token: TOKEN, user: 'user:default/cy' }];
    portal = await TestPortal.start({
      config: { git: { tokens } },
      entities: [
        CY,
        component('billing', 'group:default/finance'),
        component('mine', 'user:default/ana'),
        component('gone', 'user:default/bo', {
          'callboard.dev/app': 'gone',
          'backstage.io/managed-by-location': 'callboard:apps/gone',
        }),
        component('invoices', 'group:default/finance', {
          'callboard.dev/app': 'claimed',
        }),
        component('till', 'group:default/stores', {
          'callboard.dev/app': 'pos',
        }),
        component('forged', 'user:default/bo', {
          'callboard.dev/app': 'forged',
        }),
      ],
    });
  });

  afterAll(() => portal.stop());

  /** Creates an app as a template does. */
  async function create(name: string, owner = 'user:default/ana') {
    const answer = await fetch(`${portal.url}/api/callboard/v1/apps`, {
      method: 'POST',
      headers: {
        authorization: mockCredentials.user.header('user:default/ana'),
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        name,
        owner,
        files: { 'score.yaml': SCORE },
      }),
    });
    return { status: answer.status, body: await answer.json() };
  }

  it('is not that of a component of somebody else', async () => {
    const { code, remote } = await portal.push('billing');
    expect(code).not.toBe(0);
    expect(remote.join(' ').replace(/ +/g, ' ')).toContain(
      'which belongs to somebody else', // a git token asks no catalog
    );
    expect(portal.controlPlane.recorded).toEqual([]);
  });

  it('is not that of a component of somebody else for a template either', async () => {
    const { status, body } = await create('billing');
    expect([status, body.code]).toEqual([403, 'app-name-taken']);
    expect(body.why).toContain('belongs to group:default/finance');
    expect(portal.controlPlane.recorded).toEqual([]);
  });

  it.each(['claimed', 'forged'])(
    'is not one that a component of somebody else claims: %s',
    async app => {
      expect((await portal.push(app)).code).not.toBe(0);
      expect((await create(app)).body).toMatchObject({
        code: 'app-name-taken',
      });
      expect(portal.controlPlane.recorded).toEqual([]);
    },
  );

  it('may be one that a component of a team of theirs claims, and the app is the team’s', async () => {
    portal.controlPlane.recorded.length = 0;
    const work = await portal.repository({ 'score.yaml': SCORE });
    const url = portal.gitUrl('pos', 'cy', TOKEN);
    expect((await portal.git(work, 'push', url, 'main')).code).toBe(0);
    expect(portal.controlPlane.recorded).toMatchObject([
      { app: 'pos', owner: 'group:default/stores' },
    ]);
    portal.controlPlane.recorded.length = 0;
  });

  it('goes to nobody else than the component that claims it says', async () => {
    const guard = createNameGuard({
      auth: mockServices.auth(),
      catalog: catalogServiceMock({
        entities: [component('mine', 'user:default/ana')],
      }),
    });
    const ownershipRefs = ['user:default/ana', 'group:default/other'];
    expect(
      await guard('mine', { ownershipRefs, owner: 'group:default/other' }),
    ).toMatchObject({ ok: false, problem: { code: 'not-owner' } });
    expect(await guard('mine', { ownershipRefs })).toEqual({
      ok: true,
      value: { owner: 'user:default/ana' },
    });
  });

  it('is not taken while the catalog cannot say whose it is', async () => {
    const catalog = catalogServiceMock();
    jest.spyOn(catalog, 'queryEntities').mockRejectedValue(new Error('away'));
    const guard = createNameGuard({ auth: mockServices.auth(), catalog });
    expect(await guard('shop', { ownershipRefs: [] })).toMatchObject({
      ok: false,
      problem: { code: 'catalog-unavailable', transient: true },
    });
  });

  it('may be free for a template', async () => {
    expect((await create('template')).status).toBe(201);
  });

  it.each(['mine', 'gone', 'free'])('may be %s', async app => {
    expect((await portal.push(app)).code).toBe(0);
  });
});
