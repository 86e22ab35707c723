import { deployment, TestCluster } from '../__testUtils__';
import type { PodRuntime } from '../kubelet';

const MEASURED_AT = new Date('2026-01-01T00:00:10Z');

/** Stands for processes that were measured. */
const measured: PodRuntime = {
  name: 'measured',
  runs: image => image === 'measured:1',
  start: () => ({
    addressOf: () => undefined,
    stop: async () => {},
    usage: () => ({
      cpuNanocores: 12_345_678.4,
      memoryBytes: 61 * 1024 ** 2 + 1,
      at: MEASURED_AT,
      windowMs: 15_020,
    }),
  }),
};

const PODS = '/apis/metrics.k8s.io/v1beta1/pods';

describe('metrics-server of a simulated cluster', () => {
  let test: TestCluster;
  afterEach(() => test.close());

  it('answers in the shape of the real one with what runtimes measured', async () => {
    test = await TestCluster.create({
      hasMetrics: true,
      runtimes: [measured],
    });
    await test.apply(
      deployment('web', { replicas: 1 }, { image: 'measured:1' }),
    );
    await test.passes(3_000);
    const [pod] = test.all('Pod');
    expect(await test.send('GET', PODS)).toEqual({
      kind: 'PodMetricsList',
      apiVersion: 'metrics.k8s.io/v1beta1',
      metadata: {},
      items: [
        {
          metadata: {
            name: pod.metadata.name,
            namespace: 'default',
            labels: pod.metadata.labels,
            creationTimestamp: expect.stringMatching(/^[\d-]+T[\d:]+Z$/),
          },
          timestamp: '2026-01-01T00:00:10Z',
          window: '15.02s',
          containers: [
            {
              name: 'main',
              usage: { cpu: '12345678n', memory: '62465Ki' },
            },
          ],
        },
      ],
    });
    expect(
      await test.send('GET', `${PODS}?labelSelector=app%3Dother`),
    ).toMatchObject({ items: [] });
    const one = `/apis/metrics.k8s.io/v1beta1/namespaces/default/pods/${pod.metadata.name}`;
    expect(await test.send('GET', one)).toMatchObject({
      kind: 'PodMetrics',
      containers: [{ name: 'main' }],
    });
    await expect(test.send('GET', `${one}-gone`)).rejects.toThrow(
      /^404 .*pods\.metrics\.k8s\.io/,
    );
    expect(
      await test.send('GET', '/apis/metrics.k8s.io/v1beta1/nodes'),
    ).toMatchObject({
      kind: 'NodeMetricsList',
      items: [{ usage: { cpu: '12345678n' } }],
    });
    expect(
      await test.send('GET', '/apis/metrics.k8s.io/v1beta1'),
    ).toMatchObject({
      kind: 'APIResourceList',
      resources: [{ name: 'nodes' }, { name: 'pods', namespaced: true }],
    });
  });

  it('is not there unless the cluster is said to have one', async () => {
    test = await TestCluster.create();
    await expect(test.send('GET', PODS)).rejects.toThrow(/^404 /);
    const groups = await test.send('GET', '/apis');
    expect(JSON.stringify(groups)).not.toContain('metrics.k8s.io');
  });
});
