import { stringify } from 'yaml';
import { inUsualOrder } from './inUsualOrder';

it('writes an object in the order that every document has', () => {
  const object = {
    status: { readyReplicas: 1 },
    data: { b: '1' },
    spec: { replicas: 1 },
    metadata: { uid: 'x', labels: { a: 'b' }, namespace: 'n', name: 'web' },
    kind: 'Deployment',
    apiVersion: 'apps/v1',
  };
  expect(stringify(inUsualOrder(object)).split('\n')).toEqual([
    'apiVersion: apps/v1',
    'kind: Deployment',
    'metadata:',
    '  name: web',
    '  namespace: n',
    '  labels:',
    '    a: b',
    '  uid: x',
    'spec:',
    '  replicas: 1',
    'data:',
    '  b: "1"',
    'status:',
    '  readyReplicas: 1',
    '',
  ]);
});
