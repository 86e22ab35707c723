import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { SCORE, TestPortal } from '../__testUtils__/TestPortal';
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
    portal = await TestPortal.start({
      entities: [
        component('billing', 'group:default/finance'),
        component('mine', 'user:default/ana'),
        component('gone', 'user:default/bo', { 'callboard.dev/app': 'gone' }),
      ],
    });
  });

  afterAll(() => portal.stop());

  /** Creates an app as a template does. */
  async function create(name: string) {
    const answer = await fetch(`${portal.url}/api/callboard/v1/apps`, {
      method: 'POST',
      headers: {
        authorization: mockCredentials.user.header('user:default/ana'),
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        name,
        owner: 'user:default/ana',
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

  it('may be free for a template', async () => {
    expect((await create('template')).status).toBe(201);
  });

  it.each(['mine', 'gone', 'free'])('may be %s', async app => {
    expect((await portal.push(app)).code).toBe(0);
  });
});
