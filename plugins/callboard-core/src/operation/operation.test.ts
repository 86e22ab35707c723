import { operateWorkload } from '../render';
import { decideOperation } from './decideOperation';
import type { OperatedEnvironment, OperationAction } from './types';

function shop(of: Partial<OperatedEnvironment> = {}): OperatedEnvironment {
  return {
    app: 'shop',
    title: 'Production',
    release: 3,
    operation: { state: 'running' },
    declared: 2,
    isDivided: false,
    hasWaves: false,
    workloads: [{ name: 'web', kind: 'Deployment' }],
    resources: [],
    clusters: [
      { cluster: 'eu-1', freshness: 'live', instances: 2, running: 2 },
      { cluster: 'us-1', freshness: 'unreachable', instances: 2, running: 2 },
    ],
    ...of,
  };
}

/** What is said and recorded, as one text; or the refusal. */
function said(
  action: OperationAction,
  of?: Partial<OperatedEnvironment>,
): string {
  const decided = decideOperation(shop(of), action);
  if (!decided.ok) return `${decided.problem.code}: ${decided.problem.next}`;
  const { answer, operation, restarts } = decided.value;
  return [
    answer.changes ? 'changes' : 'nothing',
    `${operation.state}${restarts ? ' again' : ''} ${
      operation.replicas ?? '-'
    }`,
    answer.clusters.map(({ then }) => then).join('+'),
    answer.message,
    ...answer.notes,
  ].join(' | ');
}

const AUTOSCALED: Partial<OperatedEnvironment> = {
  workloads: [
    { name: 'web', kind: 'Deployment', autoscaling: { min: 1, max: 5 } },
  ],
};
const STOPPED: Partial<OperatedEnvironment> = {
  operation: { state: 'stopped', replicas: 4 },
};
const AWAY = 'us-1 is out of contact and follows when in contact again';

describe('what is done to an environment', () => {
  it.each<[string, OperationAction, Partial<OperatedEnvironment>, string]>([
    [
      'stops all that runs, and keeps its data',
      { kind: 'stop' },
      { resources: ['db'] },
      `changes | stopped - | 0+0 | 4 instances of shop in Production end on eu-1 and us-1, and nothing answers until it is started | db keeps running, with its data | Releases and settings may still come; they do not start it | ${AWAY}`,
    ],
    [
      'is stopped already',
      { kind: 'stop' },
      STOPPED,
      'nothing | stopped 4 | 0+0 | shop is stopped in Production already',
    ],
    [
      'starts again as it was',
      { kind: 'start' },
      STOPPED,
      `changes | running 4 | 2+2 | 4 instances of shop in Production start on eu-1 and us-1 | ${AWAY}`,
    ],
    [
      'restarts in waves',
      { kind: 'restart' },
      { hasWaves: true },
      `changes | running again - | 2+2 | 4 instances of shop in Production are replaced by new ones on eu-1 and us-1 | It goes over the clusters in the waves of the environment, and can be paused and rolled back like a release | ${AWAY}`,
    ],
    [
      'has nothing to restart while it is stopped',
      { kind: 'restart' },
      STOPPED,
      'environment-stopped: Start it',
    ],
    [
      'goes back to what the files say',
      { kind: 'scale' },
      { operation: { state: 'running', replicas: 4 }, clusters: [] },
      'changes | running - |  | shop in Production has 2 replicas of each workload instead of 4',
    ],
    [
      'has so many already',
      { kind: 'scale', replicas: 4 },
      { operation: { state: 'running', replicas: 4 } },
      'nothing | running 4 | 2+2 | shop has 4 replicas of each workload in Production already',
    ],
    [
      'is stopped rather than scaled to none',
      { kind: 'scale', replicas: 0 },
      {},
      'replicas-out-of-bounds: Stop it instead',
    ],
    [
      'has no more than the platform allows',
      { kind: 'scale', replicas: 6 },
      { mostReplicas: 5 },
      'replicas-out-of-bounds: Use a number from 1 to 5',
    ],
    [
      'leaves to the load what the load says',
      { kind: 'scale', replicas: 3 },
      AUTOSCALED,
      'not-scalable: Change "autoscaling" in app.yaml and push',
    ],
  ])('%s', (_, action, of, expected) => {
    expect(said(action, of)).toBe(expected);
  });
});

describe('objects of a workload', () => {
  const object = (kind: string, spec: Record<string, unknown>) => ({
    apiVersion: 'v1',
    kind,
    metadata: { name: 'web' },
    spec,
  });
  const objects = [
    object('Deployment', { replicas: 3, template: { spec: { a: 1 } } }),
    object('StatefulSet', {
      template: { metadata: { annotations: { b: 'c' } } },
    }),
    object('DaemonSet', { template: { spec: { nodeSelector: { d: 'e' } } } }),
    object('CronJob', { schedule: '* * * * *' }),
    object('HorizontalPodAutoscaler', {}),
    object('Service', {}),
  ];
  const specs = (operation: Parameters<typeof operateWorkload>[1]) =>
    operateWorkload(objects, operation).map(({ kind, spec }) => [kind, spec]);

  it('stay as they are where nobody says anything', () => {
    expect(operateWorkload(objects, { isStopped: false })).toEqual(objects);
  });

  it('run nothing where it is stopped, and lose nothing else', () => {
    expect(specs({ isStopped: true })).toEqual([
      ['Deployment', { replicas: 0, template: { spec: { a: 1 } } }],
      [
        'StatefulSet',
        { replicas: 0, template: { metadata: { annotations: { b: 'c' } } } },
      ],
      [
        'DaemonSet',
        {
          template: {
            spec: { nodeSelector: { d: 'e', 'callboard.dev/stopped': 'true' } },
          },
        },
      ],
      ['CronJob', { schedule: '* * * * *', suspend: true }],
      ['Service', {}],
    ]);
  });

  it('have pods of another template after a restart', () => {
    const annotations = { 'callboard.dev/restart': '7' };
    expect(specs({ isStopped: false, restart: 7 }).slice(0, 4)).toEqual([
      [
        'Deployment',
        {
          replicas: 3,
          template: { metadata: { annotations }, spec: { a: 1 } },
        },
      ],
      [
        'StatefulSet',
        { template: { metadata: { annotations: { b: 'c', ...annotations } } } },
      ],
      [
        'DaemonSet',
        {
          template: {
            metadata: { annotations },
            spec: { nodeSelector: { d: 'e' } },
          },
        },
      ],
      ['CronJob', { schedule: '* * * * *' }],
    ]);
  });
});
