import type { KubeObject } from '@callboard/plugin-callboard-common';
import { assessObjects } from './assessObjects';

const NOW = new Date('2026-11-20T12:00:00Z');

describe('assessObjects', () => {
  it.each<{
    name: string;
    objects: KubeObject[];
    expected: string;
  }>([
    {
      name: 'nothing was applied',
      objects: [],
      expected: 'Missing: There is nothing to judge yet',
    },
    {
      name: 'only kinds without a notion of health',
      objects: [object('v1', 'ConfigMap', 'settings')],
      expected: 'Healthy: It is there',
    },
    {
      name: 'instances are ready',
      objects: [deployment(2, 2), pod('a'), pod('b')],
      expected: 'Healthy: 2 of 2 instances are ready',
    },
    {
      name: 'one of three crashes',
      objects: [deployment(3, 2), pod('a'), pod('b'), crashing('c')],
      expected:
        'Degraded: It keeps ending; the cluster waits before it starts it again',
    },
    {
      name: 'an instance that leaves',
      objects: [deployment(1, 1), pod('a'), terminating('old')],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
    {
      name: 'an instance that was replaced',
      objects: [deployment(1, 1), pod('a'), evicted('old')],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
    {
      name: 'an instance that was not replaced',
      objects: [deployment(2, 1), pod('a'), evicted('old')],
      expected: 'Degraded: It was ended by the cluster: Evicted',
    },
    {
      name: 'an instance that is done',
      objects: [
        deployment(1, 1),
        pod('a'),
        pod('done', { status: { phase: 'Succeeded' } }),
      ],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
    {
      name: 'tries of a task',
      objects: [task('True'), triedBy('try-1'), triedBy('try-2')],
      expected: 'Healthy: The task ran to its end',
    },
    {
      name: 'sets of old releases do not speak',
      objects: [deployment(1, 1), oldSet(), pod('a')],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
    {
      name: 'one that has just come back is not green yet',
      objects: [deployment(1, 1), cameBack('a', '2026-11-20T11:59:55Z', 1)],
      expected:
        'Progressing: It runs; whether it stays is seen in a few seconds',
    },
    {
      name: 'one that came back a while ago is',
      objects: [deployment(1, 1), cameBack('a', '2026-11-20T11:59:50Z', 1)],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
    {
      name: 'one that came back after a good end is',
      objects: [deployment(1, 1), cameBack('a', '2026-11-20T11:59:55Z', 0)],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
    {
      name: 'a paused rollout',
      objects: [paused(), pod('a'), object('v1', 'Service', 'web')],
      expected: 'Suspended: The rollout is paused on purpose',
    },
    {
      name: 'a paused rollout beside one that serves',
      objects: [paused('worker'), deployment(1, 1), pod('a')],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
    {
      name: 'an address that is still to come',
      objects: [deployment(1, 1), pod('a'), balancer()],
      expected: 'Progressing: It waits for its address from outside',
    },
    {
      name: 'nodes are no part of it',
      objects: [deployment(1, 1), pod('a'), object('v1', 'Node', 'n')],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
    {
      name: 'an instance of nobody',
      objects: [pod('a', { metadata: { name: 'a' } })],
      expected: 'Healthy: It is ready',
    },
    {
      name: 'instances without what keeps them',
      objects: [pod('a'), crashing('b')],
      expected:
        'Degraded: It keeps ending; the cluster waits before it starts it again',
    },
    {
      name: 'instances without what keeps them, one just back',
      objects: [pod('a'), cameBack('b', '2026-11-20T11:59:55Z', 1)],
      expected:
        'Progressing: It runs; whether it stays is seen in a few seconds',
    },
    {
      name: 'what keeps instances, without them',
      objects: [deployment(2, 2)],
      expected: 'Healthy: 2 of 2 instances are ready',
    },
    {
      name: 'only instances that do not matter',
      objects: [terminating('a')],
      expected: 'Missing: There is nothing to judge yet',
    },
    {
      name: 'something owned that goes away',
      objects: [deployment(1, 1), pod('a'), goingSlice()],
      expected: 'Healthy: 1 of 1 instance is ready',
    },
  ])('$name', ({ objects, expected }) => {
    const { status, message } = assessObjects(objects, NOW);
    expect(`${status}: ${message}`).toBe(expected);
  });

  it('does not depend on the order of the objects', () => {
    const objects = [
      deployment(3, 2),
      crashing('c'),
      pod('a'),
      balancer(),
      pod('b'),
    ];
    const given = assessObjects(objects, NOW);
    expect(assessObjects([...objects].reverse(), NOW)).toEqual(given);
  });
});

function object(
  apiVersion: string,
  kind: string,
  name: string,
  fields: object = {},
): KubeObject {
  return {
    apiVersion,
    kind,
    metadata: { name, namespace: 'shop--dev' },
    ...fields,
  };
}

function labelled(name: string, workload = 'web') {
  return {
    name,
    namespace: 'shop--dev',
    labels: { 'callboard.dev/workload': workload },
  };
}

function deployment(replicas: number, ready: number): KubeObject {
  return object('apps/v1', 'Deployment', 'web', {
    metadata: labelled('web'),
    spec: { replicas },
    status: {
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  });
}

function paused(workload = 'web'): KubeObject {
  return object('apps/v1', 'Deployment', workload, {
    metadata: labelled(workload, workload),
    spec: { paused: true },
  });
}

function pod(name: string, fields: object = {}): KubeObject {
  return object('v1', 'Pod', name, {
    metadata: {
      ...labelled(name),
      ownerReferences: [
        { kind: 'ReplicaSet', name: 'web-1', controller: true },
      ],
    },
    spec: { restartPolicy: 'Always' },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
    },
    ...fields,
  });
}

function crashing(name: string): KubeObject {
  return pod(name, {
    status: {
      phase: 'Running',
      containerStatuses: [
        { state: { waiting: { reason: 'CrashLoopBackOff' } } },
      ],
    },
  });
}

function evicted(name: string): KubeObject {
  return pod(name, { status: { phase: 'Failed', reason: 'Evicted' } });
}

function terminating(name: string): KubeObject {
  return pod(name, {
    metadata: { ...labelled(name), deletionTimestamp: '2026-11-20T12:00:10Z' },
  });
}

function cameBack(
  name: string,
  startedAt: string,
  exitCode: number,
): KubeObject {
  return pod(name, {
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True' }],
      containerStatuses: [
        {
          state: { running: { startedAt } },
          lastState: { terminated: { exitCode } },
        },
      ],
    },
  });
}

function task(complete: string): KubeObject {
  return object('batch/v1', 'Job', 'migrate', {
    metadata: labelled('migrate', 'migrate'),
    status: { conditions: [{ type: 'Complete', status: complete }] },
  });
}

function triedBy(name: string): KubeObject {
  return pod(name, {
    metadata: {
      ...labelled(name, 'migrate'),
      ownerReferences: [{ kind: 'Job', name: 'migrate', controller: true }],
    },
    status: { phase: 'Failed' },
  });
}

function oldSet(): KubeObject {
  return object('apps/v1', 'ReplicaSet', 'web-0', {
    metadata: {
      ...labelled('web-0'),
      ownerReferences: [{ kind: 'Deployment', name: 'web', controller: true }],
    },
    spec: { replicas: 1 },
    status: {},
  });
}

function balancer(): KubeObject {
  return object('v1', 'Service', 'web', { spec: { type: 'LoadBalancer' } });
}

function goingSlice(): KubeObject {
  return object('discovery.k8s.io/v1', 'EndpointSlice', 'web-x', {
    metadata: {
      name: 'web-x',
      deletionTimestamp: '2026-11-20T12:00:10Z',
      ownerReferences: [{ kind: 'Service', name: 'web' }],
    },
  });
}
