import type { DaemonSet, Node, Pod } from '../../kinds';
import { deployment, TestCluster } from '../../__testUtils__';
import { nodeOf } from './daemonPods';

/** What becomes of daemon sets, on a clock that stands still until told. */
describe('daemon sets', () => {
  let test: TestCluster;

  beforeEach(async () => {
    test = await TestCluster.create({
      nodes: ['node-0', 'node-1', 'node-2'].map(name => ({
        name,
        cpu: '4',
        memory: '8Gi',
        labels: { disk: name === 'node-2' ? 'slow' : 'fast' },
      })),
    });
  });
  afterEach(() => test.close());

  const daemonSet = (
    spec: Record<string, unknown> = {},
    container: Record<string, unknown> = {},
  ) => ({ ...deployment('agent', spec, container), kind: 'DaemonSet' });
  const pods = () =>
    test
      .all<Pod>('Pod')
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  const nodesWithPods = () =>
    pods()
      .filter(({ status }) => status.phase === 'Running')
      .map(({ spec }) => spec.nodeName)
      .sort();
  const status = () => test.one<DaemonSet>('DaemonSet', 'agent').status;
  const changeNode = (name: string, spec: Record<string, unknown>) =>
    test.send(
      'PATCH',
      `/api/v1/nodes/${name}`,
      { spec },
      'application/merge-patch+json',
    );

  it('run once on every node', async () => {
    await test.apply(daemonSet());
    await test.passes(3_000);
    expect(nodesWithPods()).toEqual(['node-0', 'node-1', 'node-2']);
    expect(status()).toEqual({
      currentNumberScheduled: 3,
      desiredNumberScheduled: 3,
      numberAvailable: 3,
      numberMisscheduled: 0,
      numberReady: 3,
      observedGeneration: 1,
      updatedNumberScheduled: 3,
    });
    const [pod] = pods();
    await test.send(
      'DELETE',
      `/api/v1/namespaces/default/pods/${pod.metadata.name}`,
    );
    await test.passes(40_000);
    expect(nodesWithPods()).toEqual(['node-0', 'node-1', 'node-2']);
    expect(pods().map(({ metadata }) => metadata.uid)).not.toContain(
      pod.metadata.uid,
    );
  });

  it('run where they are selected for, on nodes that are cordoned too', async () => {
    await changeNode('node-1', { unschedulable: true });
    const { template, ...rest } = daemonSet().spec as {
      template: { spec: object };
    };
    await test.apply(
      daemonSet({
        ...rest,
        template: {
          ...template,
          spec: { ...template.spec, nodeSelector: { disk: 'fast' } },
        },
      }),
    );
    await test.passes(3_000);
    expect(nodesWithPods()).toEqual(['node-0', 'node-1']);
    expect(status()?.desiredNumberScheduled).toBe(2);
  });

  it('keep away from tainted nodes, and leave one that throws them out', async () => {
    await changeNode('node-0', {
      taints: [{ key: 'for', value: 'others', effect: 'NoSchedule' }],
    });
    await test.apply(daemonSet());
    await test.passes(3_000);
    expect(nodesWithPods()).toEqual(['node-1', 'node-2']);
    await changeNode('node-1', {
      taints: [{ key: 'for', value: 'others', effect: 'NoExecute' }],
    });
    await test.passes(40_000);
    expect(nodesWithPods()).toEqual(['node-2']);
    expect(test.all<Node>('Node')).toHaveLength(3);
  });

  it('are replaced a few at a time', async () => {
    await test.apply(daemonSet());
    await test.passes(3_000);
    const images = () =>
      pods()
        .map(({ spec }) => spec.containers[0].image)
        .sort();
    await test.apply(daemonSet({}, { image: 'web:2' }));
    let fewest = 3;
    for (let i = 0; i < 150; i += 1) {
      await test.passes(1_000);
      fewest = Math.min(fewest, nodesWithPods().length);
    }
    expect(images()).toEqual(['web:2', 'web:2', 'web:2']);
    expect(fewest).toBe(2);
    expect(status()).toMatchObject({
      observedGeneration: 2,
      updatedNumberScheduled: 3,
      numberAvailable: 3,
    });
    expect(
      pods().map(
        ({ metadata }) => metadata.labels?.['pod-template-generation'],
      ),
    ).toEqual(['2', '2', '2']);
  });

  it('keep the rest running while the new version crashes', async () => {
    const patient = { minReadySeconds: 10 };
    await test.apply(daemonSet(patient));
    await test.passes(20_000);
    await test.apply(daemonSet(patient, { image: 'web:crash' }));
    await test.passes(100_000);
    expect(
      pods()
        .map(({ spec }) => spec.containers[0].image)
        .sort(),
    ).toEqual(['web:1', 'web:1', 'web:crash']);
    expect(status()).toMatchObject({
      numberAvailable: 2,
      numberUnavailable: 1,
      updatedNumberScheduled: 1,
    });
  });

  it('wait for the node that a pod is for while there is no capacity', async () => {
    await test.apply(daemonSet({}, { resources: { requests: { cpu: '5' } } }));
    await test.passes(3_000);
    expect(pods().map(nodeOf).sort()).toEqual(['node-0', 'node-1', 'node-2']);
    expect(nodesWithPods()).toEqual([]);
    expect(status()).toMatchObject({
      desiredNumberScheduled: 3,
      currentNumberScheduled: 3,
      numberReady: 0,
      numberUnavailable: 3,
    });
  });
});
