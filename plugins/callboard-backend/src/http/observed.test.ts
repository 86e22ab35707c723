import { mockCredentials } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { ObservedApp } from '@callboard/plugin-callboard-common';
import { eventually } from '@callboard/testing';
import { TestPortal } from '../__testUtils__/TestPortal';
import { openApiDocument } from '../schema';

jest.setTimeout(60_000);

const ANA = mockCredentials.user.header('user:default/ana');
const AT = '2026-11-20T10:00:00.000Z';
const REF = 'component:default/billing';

function component(
  name: string,
  annotations: Record<string, string>,
  kind = 'Component',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, annotations },
    spec: { type: 'service', lifecycle: 'production', owner: 'finance' },
  };
}

const BILLING: ObservedApp = {
  entityRef: REF,
  label: 'backstage.io/kubernetes-id=billing',
  since: AT,
  sentence: 'It runs on 1 cluster.',
  health: { status: 'Healthy', reason: 'Available', message: 'It runs' },
  placements: [],
  unread: [],
  changes: [],
};

describe('components that others deployed', () => {
  let portal: TestPortal;
  beforeAll(async () => {
    portal = await TestPortal.start({
      entities: [
        component('billing', { 'backstage.io/kubernetes-id': 'billing' }),
        component('ledger', {
          'backstage.io/kubernetes-id': 'other',
          'callboard.dev/observe': 'ledger',
          'backstage.io/kubernetes-namespace': 'finance',
        }),
        component('odd', { 'backstage.io/kubernetes-id': 'a, b in (c)' }),
        component('plain', {}),
        component('db', { 'backstage.io/kubernetes-id': 'db' }, 'Resource'),
      ],
    });
    portal.controlPlane.observed.set(REF, BILLING);
    portal.controlPlane.observed.set('component:default/hidden', BILLING);
  });
  afterAll(() => portal.stop());

  const ask = (path: string, method = 'GET', body?: object) =>
    fetch(`${portal.url}/api/callboard/v1${path}`, {
      method,
      headers: {
        authorization: ANA,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });

  it('are those that name what objects can carry', async () => {
    await eventually(() =>
      expect(portal.controlPlane.observable).toEqual([
        { entityRef: REF, label: 'billing' },
        {
          entityRef: 'component:default/ledger',
          label: 'ledger',
          namespace: 'finance',
        },
      ]),
    );
  });

  it('are shown to who sees the component', async () => {
    const answer = await ask('/observed-apps/default/billing');
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(BILLING);
  });

  it('are told alike where the catalog hides them and where there are none', async () => {
    const [hidden, absent] = await Promise.all(
      ['hidden', 'absent'].map(async name => {
        const answer = await ask(`/observed-apps/default/${name}`);
        const text = await answer.text();
        return { status: answer.status, text: text.replaceAll(name, 'x') };
      }),
    );
    expect(hidden.status).toBe(404);
    expect(hidden).toEqual(absent);
  });

  it('are reached by no operation that changes something', async () => {
    const writes = Object.entries(openApiDocument.paths).flatMap(
      ([path, methods]) =>
        Object.keys(methods)
          .filter(method => method !== 'get')
          .filter(() => path.startsWith('/apps/{app}'))
          .map(method => ({ method, path })),
    );
    expect(writes.length).toBeGreaterThan(10);
    for (const { method, path } of writes) {
      const asked = path
        .replace('{app}', 'billing')
        .replace('{environment}', 'prod')
        .replace(/\{[^}]*\}/g, '1');
      const { status } = await ask(asked, method.toUpperCase(), {});
      expect(`${method} ${path} ${status}`).toMatch(/ (400|404|409|415|422)$/);
    }
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const { status } = await ask(
        '/observed-apps/default/billing',
        method,
        {},
      );
      expect([404, 405]).toContain(status);
    }
    expect(portal.controlPlane.promotions).toEqual([]);
    expect(portal.controlPlane.recorded).toEqual([]);
  });
});
