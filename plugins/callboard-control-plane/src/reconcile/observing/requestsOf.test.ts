import type { KubeObject } from '@callboard/plugin-callboard-common';
import { requestsOf } from './requestsOf';

const container = (cpu: string, more: object = {}) => ({
  name: 'main',
  resources: { requests: { cpu } },
  ...more,
});

const pod = (spec: object, phase = 'Running'): KubeObject => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { nodeName: 'a', ...spec },
  status: { phase },
});

const sidecar = { restartPolicy: 'Always' };

/** The cases of Kubernetes' own table (component-helpers/resource), in CPU. */
it.each([
  [
    'its containers together',
    { containers: ['1', '2'].map(c => container(c)) },
    3_000,
  ],
  ['nothing asked', { containers: [{ name: 'main' }] }, 0],
  [
    'a step before the start that asks for more',
    { containers: [container('1')], initContainers: [container('5')] },
    5_000,
  ],
  [
    'a sidecar runs beside them',
    { containers: [container('1')], initContainers: [container('2', sidecar)] },
    3_000,
  ],
  [
    'a step runs beside the sidecars before it',
    {
      containers: [container('1')],
      initContainers: [container('2', sidecar), container('4')],
    },
    6_000,
  ],
  [
    'what the runtime takes comes on top',
    { containers: [container('1')], overhead: { cpu: '250m' } },
    1_250,
  ],
])('%s', (_, spec, cpuMillicores) => {
  expect(requestsOf(pod(spec))).toEqual({
    cpuMillicores,
    memoryBytes: 0,
    pods: 1,
  });
});

it('counts nothing of a pod that ended or that no node took', () => {
  const spec = { containers: [container('1')] };
  expect(requestsOf(pod(spec, 'Succeeded'))).toBeUndefined();
  expect(requestsOf(pod(spec, 'Failed'))).toBeUndefined();
  expect(requestsOf(pod({ ...spec, nodeName: undefined }))).toBeUndefined();
});
