import {
  type Health,
  type KubeObject,
  readReportedReason,
} from '@callboard/plugin-callboard-common';
import { assessDeployment } from './assessDeployment';
import type { DesiredDeployment, ObservedObject } from './types';

const NOW = new Date('2026-11-20T10:00:00Z');
const HEALTHY: Health = {
  status: 'Healthy',
  reason: 'AllHealthy',
  message: 'All are ready',
};
const PROGRESSING: Health = {
  status: 'Progressing',
  reason: 'RollingOut',
  message: 'It is on its way',
};
const CRASHING: Health = {
  status: 'Degraded',
  reason: readReportedReason('CrashLoopBackOff') ?? 'Failed',
  message: 'It keeps ending',
};
const DEPLOYMENT = 'apps/v1/Deployment/shop--dev/web';

const object = (
  apiVersion: string,
  kind: string,
  name: string,
): KubeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'shop--dev' },
});

const desired = (
  change: Partial<DesiredDeployment> = {},
): DesiredDeployment => {
  const workload = [
    object('apps/v1', 'Deployment', 'web'),
    object('v1', 'Service', 'web'),
  ];
  return {
    areInstancesSeen: true,
    release: 2,
    objects: workload,
    parts: [{ name: 'web', objects: workload }],
    instances: 1,
    exposure: { type: 'NodePort', host: 'localhost' },
    ...change,
  };
};

const digest = (
  apiVersion: string,
  kind: string,
  name: string,
  change: Partial<ObservedObject> = {},
): ObservedObject => ({
  ref: { apiVersion, kind, namespace: 'shop--dev', name },
  workload: 'web',
  release: 2,
  terminating: false,
  drift: [],
  ...change,
});

/** A workload that runs, unless something is said to the contrary. */
function seen(
  change: {
    deployment?: Partial<ObservedObject>;
    pod?: Partial<ObservedObject>;
    without?: string[];
    more?: ObservedObject[];
  } = {},
) {
  const digests = [
    digest('apps/v1', 'Deployment', 'web', {
      health: HEALTHY,
      instances: { ready: 1, wanted: 1 },
      ...change.deployment,
    }),
    digest('v1', 'Service', 'web', { ports: [{ port: 80, nodePort: 30_001 }] }),
    digest('v1', 'Pod', 'web-1', {
      health: HEALTHY,
      steadyAtMs: 0,
      ...change.pod,
    }),
    ...(change.more ?? []),
  ];
  return new Map(
    digests
      .map(
        each =>
          [
            `${each.ref.apiVersion}/${each.ref.kind}/shop--dev/${each.ref.name}`,
            each,
          ] as const,
      )
      .filter(([key]) => !change.without?.includes(key)),
  );
}

describe('assessDeployment', () => {
  it.each([
    {
      name: 'all is there and stays',
      given: seen(),
      expected: 'Healthy AllHealthy Synced 2',
    },
    {
      name: 'on its way',
      given: seen({ deployment: { health: PROGRESSING } }),
      expected: 'Progressing RollingOut Synced 2',
    },
    {
      name: 'an instance of the wanted release explains a workload that is not well',
      given: seen({
        deployment: { health: PROGRESSING },
        pod: { health: CRASHING },
      }),
      expected: 'Degraded CrashLoopBackOff Synced 2',
    },
    {
      name: 'an instance of the release before says nothing',
      given: seen({
        deployment: { health: PROGRESSING },
        pod: { health: CRASHING, release: 1 },
      }),
      expected: 'Progressing RollingOut Synced 2',
    },
    {
      name: 'an instance that leaves says nothing',
      given: seen({
        deployment: { health: PROGRESSING },
        pod: { health: CRASHING, terminating: true },
      }),
      expected: 'Progressing RollingOut Synced 2',
    },
    {
      name: 'an instance that has just started may still crash',
      given: seen({ pod: { steadyAtMs: NOW.getTime() + 1 } }),
      expected: 'Progressing JustStarted Synced 2',
    },
    {
      name: 'the workload knows of an instance before the watch does',
      given: seen({ without: ['v1/Pod/shop--dev/web-1'] }),
      expected: 'Progressing JustStarted Synced 2',
    },
    {
      name: 'an object is gone',
      given: seen({ without: [DEPLOYMENT] }),
      expected: 'Missing NotThere OutOfSync 2',
    },
    {
      name: 'it is paused on purpose, whatever is there beside it',
      given: seen({
        deployment: {
          health: {
            status: 'Suspended',
            reason: 'Paused',
            message: 'The rollout is paused on purpose',
          },
        },
      }),
      expected: 'Suspended Paused Synced 2',
    },
    {
      name: 'somebody changed it',
      given: seen({ deployment: { drift: ['spec.replicas'] } }),
      expected: 'Healthy AllHealthy OutOfSync 2',
    },
    {
      name: 'half of it is still the release before',
      given: seen({ deployment: { release: 1 } }),
      expected: 'Healthy AllHealthy Synced 1',
    },
  ])('$name', ({ given, expected }) => {
    const { health, sync, observedRelease } = assessDeployment(
      desired(),
      given,
      {
        isApplied: true,
        now: NOW,
      },
    );
    expect(`${health.status} ${health.reason} ${sync} ${observedRelease}`).toBe(
      expected,
    );
  });

  it.each<[string, Partial<ObservedObject>, object | undefined]>([
    ['one that is ready', {}, { release: 1, ready: 1 }],
    ['one that has just started', { steadyAtMs: NOW.getTime() + 1 }, undefined],
    ['one that leaves', { terminating: true }, undefined],
    ['one that crashes', { health: CRASHING }, undefined],
    ['one that ran to its end', { health: HEALTHY }, undefined],
    ['one of the wanted release', { release: 2 }, undefined],
    ['one of no release', { release: undefined }, undefined],
  ])('of other releases answers only what was seen: %s', (_, pod, expected) => {
    const READY: Health = { ...HEALTHY, reason: 'Ready' };
    const older = digest('v1', 'Pod', 'web-0', {
      release: 1,
      health: READY,
      steadyAtMs: 0,
      ...pod,
    });
    const answers = (deployment: Partial<ObservedObject>) =>
      assessDeployment(desired(), seen({ deployment, more: [older] }), {
        isApplied: true,
        now: NOW,
      }).serving;
    expect(answers({ health: PROGRESSING })).toEqual(expected);
    expect(answers({})).toBeUndefined(); // the wanted release answers itself
  });

  it('is never in sync before it was applied, and then shows no drift', () => {
    const { sync, drift } = assessDeployment(
      desired(),
      seen({ deployment: { drift: ['spec'] } }),
      { isApplied: false, now: NOW },
    );
    expect([sync, drift]).toEqual(['OutOfSync', []]);
  });

  it.each([
    {
      exposure: { type: 'NodePort' as const, host: 'localhost' },
      expected: ['http://localhost:30001'],
    },
    { exposure: { type: 'ClusterIP' as const }, expected: [] },
    {
      exposure: { type: 'LoadBalancer' as const },
      expected: ['http://203.0.113.7:8080', 'http://[2001:db8::1]'],
    },
  ])(
    'finds the addresses of exposure $exposure.type',
    ({ exposure, expected }) => {
      const balanced = [
        digest('v1', 'Service', 'a', {
          ports: [{ port: 8080 }],
          ingress: ['203.0.113.7'],
        }),
        digest('v1', 'Service', 'b', {
          ports: [{ port: 80 }],
          ingress: ['2001:db8::1'],
        }),
      ];
      const { urls } = assessDeployment(
        desired({ exposure }),
        seen({ more: balanced }),
        { isApplied: true, now: NOW },
      );
      expect(urls).toEqual(expected);
    },
  );

  it('finds the addresses of its first workload first', () => {
    const service = (workload: string, nodePort: number) =>
      digest('v1', 'Service', workload, {
        workload,
        ports: [{ port: 80, nodePort }],
      });
    const parts = ['web', 'api'].map(name => ({ name, objects: [] }));
    const { urls } = assessDeployment(
      desired({ parts, exposure: { type: 'NodePort', host: 'localhost' } }),
      new Map(
        [service('api', 30_001), service('web', 30_002)].map(each => [
          each.ref.name,
          each,
        ]),
      ),
      { isApplied: true, now: NOW },
    );
    expect(urls).toEqual(['http://localhost:30002', 'http://localhost:30001']);
  });

  it.each([
    ['stays', {}, 1],
    [
      'runs for a moment between two crashes',
      { steadyAtMs: NOW.getTime() + 1 },
      0,
    ],
    ['is of the wanted release', { release: 2 }, 1],
    ['leaves', { terminating: true }, 0],
  ])('counts an instance that %s', (_name, pod, ready) => {
    const readyNow: Health = { ...HEALTHY, reason: 'Ready' };
    const { instances } = assessDeployment(
      desired(),
      seen({ pod: { health: readyNow, ...pod } }),
      { isApplied: true, now: NOW },
    );
    expect(instances).toEqual({ ready, wanted: 1 });
  });
});

describe('the count of instances', () => {
  const READY: Health = { ...HEALTHY, reason: 'Ready' };
  const web = {
    ...object('apps/v1', 'Deployment', 'web'),
    spec: { replicas: 2 },
  };
  const two = desired({
    objects: [web],
    parts: [{ name: 'web', objects: [web] }],
    instances: 2,
  });
  const judge = (given: ReturnType<typeof seen>) => {
    const { health, instances, serving } = assessDeployment(two, given, {
      isApplied: true,
      now: NOW,
    });
    return { says: health.message, instances, serving };
  };

  it('is the same in the sentence and in the table, whatever somebody else scaled it to', () => {
    expect(judge(seen({ pod: { health: READY } }))).toEqual({
      says: '1 of 2 instances are ready',
      instances: { ready: 1, wanted: 2 },
    });
  });

  it('does not take the release before for the one that is wanted', () => {
    const old = digest('v1', 'Pod', 'web-0', {
      release: 1,
      health: READY,
      steadyAtMs: 0,
    });
    expect(
      judge(
        seen({
          deployment: { health: PROGRESSING },
          pod: { health: CRASHING },
          more: [old],
        }),
      ),
    ).toEqual({
      says: 'It keeps ending',
      instances: { ready: 0, wanted: 2 },
      serving: { release: 1, ready: 1 },
    });
  });
});
