import type { KubeObject } from '@callboard/plugin-callboard-common';
import { assessHealth } from '../assessHealth';

/** What a reader compares: status, reason and message in one line. */
function judge(kind: string, fields: object): string {
  const [group, name] = kind.split('/');
  const object = {
    apiVersion: group === '' ? 'v1' : `${group}/v1`,
    kind: name,
    metadata: { name: 'it', generation: 2 },
    ...fields,
  } as unknown as KubeObject;
  const { status, reason, message } = assessHealth(object) ?? {
    status: 'none',
    reason: '',
    message: '',
  };
  return `${status} ${reason}: ${message}`;
}

const condition = (type: string, status: string, reason = '') => ({
  type,
  status,
  reason,
});

describe('Deployment', () => {
  const status = (facts: object = {}) => ({
    spec: { replicas: 3 },
    status: {
      observedGeneration: 2,
      replicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      ...facts,
    },
  });

  it.each([
    ['all is well', status(), 'Healthy Available: 3 of 3 instances are ready'],
    [
      'paused',
      { ...status(), spec: { replicas: 3, paused: true } },
      'Suspended Paused: The rollout is paused on purpose',
    ],
    [
      'not looked at yet',
      status({ observedGeneration: 1 }),
      'Progressing NotObservedYet: The cluster has not applied the newest change yet',
    ],
    [
      'never looked at',
      { spec: {} },
      'Progressing NotObservedYet: The cluster has not applied the newest change yet',
    ],
    [
      'observed later than the object',
      status({ observedGeneration: 3 }),
      'Healthy Available: 3 of 3 instances are ready',
    ],
    [
      'no generation at all',
      {
        ...status({ observedGeneration: undefined }),
        metadata: { name: 'it' },
      },
      'Healthy Available: 3 of 3 instances are ready',
    ],
    [
      'deadline passed',
      status({
        availableReplicas: 1,
        conditions: [
          condition('Progressing', 'False', 'ProgressDeadlineExceeded'),
        ],
      }),
      'Degraded ProgressDeadlineExceeded: The new release did not get ready in time: 1 of 3 instances are ready',
    ],
    [
      'deadline passed before anything',
      {
        status: {
          observedGeneration: 2,
          conditions: [
            condition('Progressing', 'False', 'ProgressDeadlineExceeded'),
          ],
        },
      },
      'Degraded ProgressDeadlineExceeded: The new release did not get ready in time: 0 of 1 instance is ready',
    ],
    [
      'instances refused',
      status({ conditions: [condition('ReplicaFailure', 'True')] }),
      'Degraded InstanceRefused: The cluster refuses to create instances',
    ],
    [
      'updating',
      status({ updatedReplicas: 1 }),
      'Progressing InstancesUpdating: 1 of 3 instances run the new release',
    ],
    [
      'old ones end',
      status({ replicas: 4 }),
      'Progressing OldInstancesEnding: 1 of the release before still have to end',
    ],
    [
      'starting',
      status({ availableReplicas: 2 }),
      'Progressing InstancesStarting: 2 of 3 instances are ready',
    ],
    [
      'available but not ready',
      status({ readyReplicas: 2 }),
      'Progressing InstancesStarting: 3 of 3 instances are ready',
    ],
    [
      'nobody says how many are ready',
      status({ readyReplicas: undefined }),
      'Healthy Available: 3 of 3 instances are ready',
    ],
    [
      'not available',
      status({ conditions: [condition('Available', 'False')] }),
      'Progressing NotAvailable: 3 of 3 instances are ready',
    ],
    [
      'scaled to zero',
      { spec: { replicas: 0 }, status: { observedGeneration: 2 } },
      'Healthy ScaledToZero: Scaled to zero on purpose',
    ],
    [
      'one instance unless said',
      {
        spec: {},
        status: {
          observedGeneration: 2,
          replicas: 1,
          updatedReplicas: 1,
          availableReplicas: 1,
        },
      },
      'Healthy Available: 1 of 1 instance is ready',
    ],
  ])('%s', (_, given, expected) =>
    expect(judge('apps/Deployment', given)).toBe(expected),
  );
});

describe('ReplicaSet', () => {
  it.each([
    [
      'ready',
      {
        spec: { replicas: 2 },
        status: { observedGeneration: 2, availableReplicas: 2 },
      },
      'Healthy Available: 2 of 2 instances are ready',
    ],
    [
      'starting',
      {
        spec: { replicas: 2 },
        status: { observedGeneration: 2, availableReplicas: 1 },
      },
      'Progressing InstancesStarting: 1 of 2 instances are ready',
    ],
    [
      'nothing yet',
      { status: { observedGeneration: 2 } },
      'Progressing InstancesStarting: 0 of 1 instance is ready',
    ],
    [
      'refused',
      {
        status: {
          observedGeneration: 2,
          conditions: [condition('ReplicaFailure', 'True')],
        },
      },
      'Degraded InstanceRefused: The cluster refuses to create instances',
    ],
    [
      'of an old release',
      { spec: { replicas: 0 }, status: { observedGeneration: 2 } },
      'Healthy ScaledToZero: Scaled to zero on purpose',
    ],
    [
      'not looked at yet',
      { status: {} },
      'Progressing NotObservedYet: The cluster has not applied the newest change yet',
    ],
  ])('%s', (_, given, expected) =>
    expect(judge('apps/ReplicaSet', given)).toBe(expected),
  );
});

describe('StatefulSet', () => {
  const status = (facts: object = {}) => ({
    observedGeneration: 2,
    readyReplicas: 3,
    updatedReplicas: 3,
    currentRevision: 'a',
    updateRevision: 'a',
    ...facts,
  });
  const rolling = (partition?: number) => ({
    replicas: 3,
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition } },
  });

  it.each([
    [
      'ready',
      { spec: { replicas: 3 }, status: status() },
      'Healthy Available: 3 of 3 instances are ready',
    ],
    [
      'not looked at yet',
      { spec: { replicas: 3 }, status: status({ observedGeneration: 1 }) },
      'Progressing NotObservedYet: The cluster has not applied the newest change yet',
    ],
    [
      'never looked at',
      { metadata: { name: 'it' }, status: { readyReplicas: 1 } },
      'Progressing NotObservedYet: The cluster has not applied the newest change yet',
    ],
    [
      'starting',
      { spec: { replicas: 3 }, status: status({ readyReplicas: 2 }) },
      'Progressing InstancesStarting: 2 of 3 instances are ready',
    ],
    [
      'nothing yet',
      { spec: {}, status: { observedGeneration: 2 } },
      'Progressing InstancesStarting: 0 of 1 instance is ready',
    ],
    [
      'updating',
      {
        spec: { replicas: 3 },
        status: status({ updateRevision: 'b', updatedReplicas: 1 }),
      },
      'Progressing InstancesUpdating: 1 of 3 instances run the new release',
    ],
    [
      'updating, nothing done',
      {
        spec: { replicas: 3 },
        status: status({ updateRevision: 'b', updatedReplicas: undefined }),
      },
      'Progressing InstancesUpdating: 0 of 3 instances run the new release',
    ],
    [
      'updated when deleted',
      {
        spec: { replicas: 3, updateStrategy: { type: 'OnDelete' } },
        status: status({ updateRevision: 'b' }),
      },
      'Healthy Available: 3 of 3 instances are ready',
    ],
    [
      'part of it updated, as asked',
      {
        spec: rolling(2),
        status: status({ updateRevision: 'b', updatedReplicas: 1 }),
      },
      'Healthy Available: 3 of 3 instances are ready',
    ],
    [
      'part of it still to update',
      {
        spec: rolling(1),
        status: status({ updateRevision: 'b', updatedReplicas: 1 }),
      },
      'Progressing InstancesUpdating: 1 of 2 instances run the new release',
    ],
    [
      'scaled to zero',
      { spec: { replicas: 0 }, status: status({ readyReplicas: 0 }) },
      'Healthy ScaledToZero: Scaled to zero on purpose',
    ],
  ])('%s', (_, given, expected) =>
    expect(judge('apps/StatefulSet', given)).toBe(expected),
  );
});

describe('DaemonSet', () => {
  const status = (facts: object = {}) => ({
    status: {
      observedGeneration: 2,
      desiredNumberScheduled: 3,
      updatedNumberScheduled: 3,
      numberAvailable: 3,
      ...facts,
    },
  });

  it.each([
    ['everywhere', status(), 'Healthy Available: 3 of 3 nodes run it'],
    [
      'updating',
      status({ updatedNumberScheduled: 1 }),
      'Progressing InstancesUpdating: 1 of 3 nodes run the new version',
    ],
    [
      'starting',
      status({ numberAvailable: 1 }),
      'Progressing InstancesStarting: 1 of 3 nodes run it',
    ],
    [
      'updated when deleted',
      {
        ...status({ updatedNumberScheduled: 0 }),
        spec: { updateStrategy: { type: 'OnDelete' } },
      },
      'Healthy Available: 3 of 3 nodes run it',
    ],
    [
      'not looked at yet',
      status({ observedGeneration: 1 }),
      'Progressing NotObservedYet: The cluster has not applied the newest change yet',
    ],
    [
      'nowhere wanted',
      { status: { observedGeneration: 2 } },
      'Healthy Available: 0 of 0 nodes run it',
    ],
  ])('%s', (_, given, expected) =>
    expect(judge('apps/DaemonSet', given)).toBe(expected),
  );
});

describe('Pod', () => {
  const waiting = (reason: string) => ({ state: { waiting: { reason } } });
  const pod = (status: object, restartPolicy?: string) => ({
    spec: { restartPolicy },
    status,
  });

  it.each([
    [
      'ready',
      pod(
        { phase: 'Running', conditions: [condition('Ready', 'True')] },
        'Always',
      ),
      'Healthy Ready: It is ready',
    ],
    [
      'not ready yet',
      pod({ phase: 'Running', containerStatuses: [{}] }, 'Always'),
      'Progressing NotReady: It runs and is not ready yet',
    ],
    [
      'came back with its node and is not ready yet',
      pod({
        phase: 'Running',
        containerStatuses: [
          { lastState: { terminated: { exitCode: 255, reason: 'Unknown' } } },
        ],
      }),
      'Progressing NotReady: It runs and is not ready yet',
    ],
    [
      'came back and is not ready',
      pod({
        phase: 'Running',
        containerStatuses: [{ lastState: { terminated: { exitCode: 1 } } }],
      }),
      'Degraded Restarted: It ended, was started again and is not ready',
    ],
    [
      'crash loop',
      pod(
        { phase: 'Running', containerStatuses: [waiting('CrashLoopBackOff')] },
        'Always',
      ),
      'Degraded CrashLoopBackOff: It keeps ending; the cluster waits before it starts it again',
    ],
    [
      'crash loop before the start',
      pod(
        {
          phase: 'Pending',
          initContainerStatuses: [waiting('CrashLoopBackOff')],
        },
        'Always',
      ),
      'Degraded CrashLoopBackOff: It keeps ending; the cluster waits before it starts it again',
    ],
    [
      'image missing',
      pod(
        { phase: 'Pending', containerStatuses: [waiting('ErrImagePull')] },
        'Always',
      ),
      'Degraded ErrImagePull: Its image cannot be fetched',
    ],
    [
      'a reason we have no words for',
      pod(
        {
          phase: 'Pending',
          containerStatuses: [waiting('PostStartHookError')],
        },
        'Always',
      ),
      'Degraded PostStartHookError: It cannot start: PostStartHookError',
    ],
    [
      'image name unreadable',
      pod(
        { phase: 'Pending', containerStatuses: [waiting('InvalidImageName')] },
        'Always',
      ),
      'Degraded InvalidImageName: The name of its image cannot be read',
    ],
    [
      'being set up',
      pod(
        { phase: 'Pending', containerStatuses: [waiting('ContainerCreating')] },
        'Always',
      ),
      'Progressing Starting: It is starting',
    ],
    [
      'no capacity',
      pod(
        {
          phase: 'Pending',
          conditions: [condition('PodScheduled', 'False', 'Unschedulable')],
        },
        'Always',
      ),
      'Progressing Unschedulable: It fits on no machine of the cluster',
    ],
    [
      'a task whose image is missing is tried again',
      pod(
        { phase: 'Pending', containerStatuses: [waiting('ErrImagePull')] },
        'Never',
      ),
      'Progressing Starting: It is starting',
    ],
    [
      'a task that runs',
      pod({ phase: 'Running' }, 'OnFailure'),
      'Progressing Running: It runs and has not reached its end',
    ],
    [
      'a task that is done',
      pod({ phase: 'Succeeded' }, 'Never'),
      'Healthy Completed: Ran to its end',
    ],
    [
      'failed',
      pod(
        {
          phase: 'Failed',
          containerStatuses: [{ state: { terminated: { exitCode: 2 } } }],
        },
        'Never',
      ),
      'Degraded Failed: It ended with exit code 2',
    ],
    [
      'failed without a word',
      pod({ phase: 'Failed' }, 'Never'),
      'Degraded Failed: It failed',
    ],
    [
      'out of memory',
      pod(
        {
          phase: 'Failed',
          containerStatuses: [
            { state: { terminated: { exitCode: 137, reason: 'OOMKilled' } } },
          ],
        },
        'Never',
      ),
      'Degraded OOMKilled: It needed more memory than it may have',
    ],
    [
      'evicted',
      pod({ phase: 'Failed', reason: 'Evicted' }, 'Always'),
      'Degraded Evicted: It was ended by the cluster: Evicted',
    ],
    [
      'nobody knows',
      pod({ phase: 'Unknown' }, 'Always'),
      'Unknown UnknownPhase: The cluster does not say how this instance is',
    ],
    [
      'leaving',
      { metadata: { name: 'it', deletionTimestamp: '2026-01-01T00:00:00Z' } },
      'Progressing Deleting: It is being removed',
    ],
  ])('%s', (_, given, expected) => expect(judge('/Pod', given)).toBe(expected));
});

describe('Job and CronJob', () => {
  const job = (...conditions: object[]) => ({ status: { conditions } });
  const cron = (status: object | undefined, spec: object = {}) => ({
    spec,
    status,
  });
  const at = (hour: string) => `2026-11-20T${hour}:00:00Z`;

  it.each([
    ['batch/Job', 'running', job(), 'Progressing Running: The task is running'],
    [
      'batch/Job',
      'done',
      job(condition('Complete', 'True')),
      'Healthy Completed: The task ran to its end',
    ],
    [
      'batch/Job',
      'failed too often',
      job(condition('Failed', 'True', 'BackoffLimitExceeded')),
      'Degraded BackoffLimitExceeded: The task failed too often and is not tried again',
    ],
    [
      'batch/Job',
      'failed without a reason',
      job(condition('Failed', 'True')),
      'Degraded Failed: The task failed',
    ],
    [
      'batch/Job',
      'suspended',
      job(condition('Suspended', 'True')),
      'Suspended Suspended: The task is suspended on purpose',
    ],
    [
      'batch/Job',
      'suspended, not seen yet',
      { spec: { suspend: true } },
      'Suspended Suspended: The task is suspended on purpose',
    ],
    [
      'batch/Job',
      'resumed',
      job(condition('Suspended', 'False')),
      'Progressing Running: The task is running',
    ],
    [
      'batch/CronJob',
      'suspended',
      cron({}, { suspend: true }),
      'Healthy Suspended: The schedule is suspended on purpose',
    ],
    [
      'batch/CronJob',
      'not seen yet',
      cron(undefined),
      'Progressing Starting: The schedule is being set up',
    ],
    [
      'batch/CronJob',
      'not run yet',
      cron({}),
      'Healthy Scheduled: The first run is still to come',
    ],
    [
      'batch/CronJob',
      'running',
      cron({ lastScheduleTime: at('10'), active: [{}] }),
      'Healthy Running: A run is under way',
    ],
    [
      'batch/CronJob',
      'last run good',
      cron({ lastScheduleTime: at('10'), lastSuccessfulTime: at('11') }),
      'Healthy LastRunSucceeded: The last run ended well',
    ],
    [
      'batch/CronJob',
      'last run bad',
      cron({ lastScheduleTime: at('10'), lastSuccessfulTime: at('09') }),
      'Degraded LastRunFailed: The last run did not end well',
    ],
    [
      'batch/CronJob',
      'never good',
      cron({ lastScheduleTime: at('10') }),
      'Healthy NeverSucceeded: No run has ended well yet; its first one may be about to',
    ],
    [
      'batch/CronJob',
      'a time nobody can read',
      cron({ lastScheduleTime: 'noon' }),
      'Healthy Scheduled: The first run is still to come',
    ],
  ])('%s %s', (kind, _, given, expected) =>
    expect(judge(kind, given)).toBe(expected),
  );
});

describe('what has an address, a disk, a number', () => {
  const autoscaler = (...conditions: object[]) => ({ status: { conditions } });
  const inAnnotation = (text: string) => ({
    metadata: {
      name: 'it',
      annotations: { 'autoscaling.alpha.kubernetes.io/conditions': text },
    },
  });
  const budget = (status: object) => ({
    status: { observedGeneration: 2, ...status },
  });

  it.each([
    [
      '/Service',
      'inside only',
      { spec: { type: 'ClusterIP' } },
      'Healthy Reachable: It has its address',
    ],
    [
      '/Service',
      'waits for an address',
      { spec: { type: 'LoadBalancer' } },
      'Progressing AddressPending: It waits for its address from outside',
    ],
    [
      '/Service',
      'has a node port that another program holds',
      {
        spec: { type: 'NodePort' },
        status: {
          conditions: [
            {
              type: 'NodePortOpen',
              status: 'False',
              reason: 'PortTaken',
              message: 'Port 30040 of this machine is held by nginx',
            },
          ],
        },
      },
      'Degraded PortTaken: Port 30040 of this machine is held by nginx',
    ],
    [
      '/Service',
      'has an address',
      {
        spec: { type: 'LoadBalancer' },
        status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } },
      },
      'Healthy Reachable: It has its address',
    ],
    [
      'networking.k8s.io/Ingress',
      'waits',
      {},
      'Progressing AddressPending: It waits for its address from outside',
    ],
    [
      'extensions/Ingress',
      'has an address',
      { status: { loadBalancer: { ingress: [{ hostname: 'a' }] } } },
      'Healthy Reachable: It has its address',
    ],
    ['/Namespace', 'there', {}, 'Healthy Active: It is there'],
    [
      '/Namespace',
      'leaving',
      { status: { phase: 'Terminating' } },
      'Progressing Deleting: It is being removed',
    ],
    [
      '/PersistentVolumeClaim',
      'bound',
      { status: { phase: 'Bound' } },
      'Healthy Bound: The disk is there',
    ],
    [
      '/PersistentVolumeClaim',
      'pending',
      { status: { phase: 'Pending' } },
      'Progressing Pending: It waits for its disk',
    ],
    [
      '/PersistentVolumeClaim',
      'lost',
      { status: { phase: 'Lost' } },
      'Degraded Lost: The disk behind it is gone',
    ],
    [
      '/PersistentVolumeClaim',
      'silent',
      {},
      'Unknown UnknownPhase: The cluster does not say whether the disk is there',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'silent',
      {},
      'Progressing Starting: The autoscaler has not said anything yet',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'able',
      autoscaler(condition('AbleToScale', 'True', 'ReadyForNewScale')),
      'Healthy ReadyForNewScale: The autoscaler does its work',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'able without a reason',
      autoscaler(condition('ScalingLimited', 'True')),
      'Healthy AbleToScale: The autoscaler does its work',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'cannot measure',
      autoscaler(
        condition('AbleToScale', 'True'),
        condition('ScalingActive', 'False', 'FailedGetResourceMetric'),
      ),
      'Degraded FailedGetResourceMetric: The autoscaler cannot measure the load',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'cannot count',
      autoscaler(condition('ScalingActive', 'False', 'InvalidSelector')),
      'Degraded InvalidSelector: The autoscaler does not know which instances to count',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'cannot read',
      autoscaler(condition('AbleToScale', 'False', 'FailedGetScale')),
      'Degraded FailedGetScale: The autoscaler cannot read how many instances there are',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'a reason of another condition',
      autoscaler(condition('AbleToScale', 'False', 'InvalidSelector')),
      'Progressing Starting: The autoscaler has not said anything yet',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'in the words of version 1',
      inAnnotation('[{"type":"AbleToScale","status":"True"},{}]'),
      'Healthy AbleToScale: The autoscaler does its work',
    ],
    [
      'autoscaling/HorizontalPodAutoscaler',
      'an annotation nobody can read',
      inAnnotation('{'),
      'Progressing Starting: The autoscaler has not said anything yet',
    ],
    [
      'policy/PodDisruptionBudget',
      'kept',
      budget({
        currentHealthy: 2,
        desiredHealthy: 1,
        conditions: [condition('DisruptionAllowed', 'True')],
      }),
      'Healthy BudgetKept: 2 instances are healthy, 1 must stay',
    ],
    [
      'policy/PodDisruptionBudget',
      'none to spare',
      budget({
        currentHealthy: 1,
        desiredHealthy: 1,
        conditions: [
          condition('DisruptionAllowed', 'False', 'InsufficientPods'),
        ],
      }),
      'Healthy BudgetKept: 1 instances are healthy, 1 must stay',
    ],
    [
      'policy/PodDisruptionBudget',
      'below',
      budget({
        currentHealthy: 0,
        desiredHealthy: 1,
        conditions: [
          condition('DisruptionAllowed', 'False', 'InsufficientPods'),
        ],
      }),
      'Progressing BelowBudget: 0 of 1 instance that must stay is healthy',
    ],
    [
      'policy/PodDisruptionBudget',
      'cannot tell',
      budget({
        conditions: [condition('DisruptionAllowed', 'False', 'SyncFailed')],
      }),
      'Degraded SyncFailed: The cluster cannot tell how many instances may be taken away',
    ],
    [
      'policy/PodDisruptionBudget',
      'cannot tell why',
      budget({ conditions: [condition('DisruptionAllowed', 'False')] }),
      'Degraded Failed: The cluster cannot tell how many instances may be taken away',
    ],
    [
      'policy/PodDisruptionBudget',
      'not counted',
      budget({}),
      'Progressing Starting: It has not been counted yet',
    ],
    [
      'policy/PodDisruptionBudget',
      'not looked at',
      { status: {} },
      'Progressing NotObservedYet: The cluster has not applied the newest change yet',
    ],
    [
      '/Node',
      'ready',
      {
        status: {
          conditions: [
            condition('Ready', 'True', 'KubeletReady'),
            condition('DiskPressure', 'False'),
          ],
        },
      },
      'Healthy Ready: The node is ready',
    ],
    [
      '/Node',
      'cordoned',
      {
        spec: { unschedulable: true },
        status: { conditions: [condition('Ready', 'True')] },
      },
      'Suspended Cordoned: The node is cordoned',
    ],
    [
      '/Node',
      'not ready',
      {
        status: {
          conditions: [condition('Ready', 'False', 'KubeletNotReady')],
        },
      },
      'Degraded KubeletNotReady: The node is not ready',
    ],
    [
      '/Node',
      'not ready, no reason',
      { status: { conditions: [condition('Ready', 'False')] } },
      'Degraded NotReady: The node is not ready',
    ],
    [
      '/Node',
      'silent',
      {
        status: {
          conditions: [condition('Ready', 'Unknown', 'NodeStatusUnknown')],
        },
      },
      'Unknown NodeStatusUnknown: The node does not report any more',
    ],
    [
      '/Node',
      'never seen',
      {},
      'Unknown NeverSeen: The node does not report any more',
    ],
    [
      '/Node',
      'short of disk',
      {
        status: {
          conditions: [
            condition('Ready', 'True'),
            condition('DiskPressure', 'True'),
          ],
        },
      },
      'Degraded DiskPressure: The node runs short of disk',
    ],
    ['/ConfigMap', 'has no health', {}, 'none : '],
    ['/Secret', 'has no health', {}, 'none : '],
  ])('%s %s', (kind, _, given, expected) =>
    expect(judge(kind, given)).toBe(expected),
  );
});
