import { isWithinScope } from './isWithinScope';
import { CALLBOARD_RULES, type Scope } from './Scope';

const scope: Scope = {
  cluster: 'edge-1',
  agentKey: 'key',
  rules: CALLBOARD_RULES,
  expiresAt: '2026-11-20T12:00:00Z',
};
const NOW = new Date('2026-11-20T11:00:00Z');

it.each([
  ['GET /version', true],
  [
    'GET /api/v1/namespaces/shop--dev/pods?watch=true&labelSelector=a%3Db',
    true,
  ],
  ['GET /api/v1/namespaces/shop--dev/pods/web-1/log?tailLines=20', true],
  [
    'PATCH /apis/apps/v1/namespaces/shop--dev/deployments/web?fieldManager=callboard',
    true,
  ],
  [
    'PATCH /apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Areader',
    true,
  ],
  ['DELETE /api/v1/namespaces/shop--dev', true],
  ['POST /api/v1/namespaces/shop--dev/pods', false],
  ['GET /api/v1/namespaces/shop--dev/pods/web-1/exec?command=sh', false],
  ['GET /api/v1/namespaces/shop--dev/pods/web-1/portforward', false],
  ['GET /api/v1/nodes/node-1/proxy/exec', false],
  ['GET /api/v1/nodes/node-1/proxy', false],
  ['GET /api/v1/namespaces/a/services/b/proxy/', false],
  ['POST /api/v1/namespaces/a/serviceaccounts/b/token', false],
  ['GET /metrics', false],
  ['GET /logs/', false],
  ['GET /', false],
  ['GET /api/v1/../../metrics', false],
  ['GET /api/v1/nodes/%2e%2e/%2e%2e/metrics', false],
  ['GET /api/v1//nodes/node-1/proxy', false],
  ['GET /api/v1/nodes/node-1%2fproxy', false],
  ['GET /api/v1/nodes/node-1%252fproxy', false],
  ['GET /api/v1/nodes\\node-1\\proxy', false],
  ['GET /api/v1/nodes/a b', false],
  ['GET http://elsewhere/api/v1', false],
  ['CONNECT /api/v1', false],
  ['get /version', false],
])('%s: %s', (request, expected) => {
  const [method, ...path] = request.split(' ');
  expect(isWithinScope(scope, { method, path: path.join(' ') }, NOW)).toBe(
    expected,
  );
});

it.each([
  ['2026-11-20T12:00:00Z', false],
  ['2026-11-20T11:59:59Z', true],
])('at %s: %s', (now, expected) => {
  expect(
    isWithinScope(scope, { method: 'GET', path: '/version' }, new Date(now)),
  ).toBe(expected);
});

it('allows nothing when it does not say until when', () => {
  const endless = { ...scope, expiresAt: 'never' };
  expect(isWithinScope(endless, { method: 'GET', path: '/version' }, NOW)).toBe(
    false,
  );
});
