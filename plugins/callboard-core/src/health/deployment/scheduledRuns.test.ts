import {
  type KubeObject,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import { assessHealth } from '../assessHealth';
import { assessDeployment } from './assessDeployment';
import { observeObject } from './observeObject';
import { findNextRun } from './scheduledRuns';
import type { ObservedObject } from './types';

const NOW = new Date('2026-11-22T10:00:30Z');
const LABELS = {
  'callboard.dev/app': 'shop',
  'callboard.dev/workload': 'report',
  'callboard.dev/release': '2',
};

function cronJob(status: object, spec: object = {}): KubeObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: { name: 'report', namespace: 'shop--dev', labels: LABELS },
    spec: { schedule: '0 * * * *', timeZone: 'Europe/Berlin', ...spec },
    status,
  };
}

/** An instance of the run that was due at an instant. */
function podOf(dueAt: string, phase: string): KubeObject {
  const minute = Date.parse(dueAt) / 60_000;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `report-${minute}-x7k2p`,
      namespace: 'shop--dev',
      labels: LABELS,
    },
    spec: { restartPolicy: 'Never', containers: [] },
    status: { phase },
  };
}

function judge(objects: readonly KubeObject[]) {
  const seen = new Map<string, ObservedObject>(
    objects.map(object => [
      refKey(refOf(object)),
      {
        ...observeObject(object, assessHealth(object), NOW),
        drift: [],
      },
    ]),
  );
  const [wanted] = objects;
  const { health, parts, instances } = assessDeployment(
    {
      release: 2,
      objects: [wanted],
      parts: [{ name: 'report', objects: [wanted] }],
      instances: 0,
      areInstancesSeen: true,
      exposure: { type: 'ClusterIP' },
    },
    seen,
    { isApplied: true, now: NOW },
  );
  return {
    says: `${health.status} ${health.reason}`,
    runs: parts[0].runs,
    replicas: parts[0].replicas,
    instances,
  };
}

const DUE = '2026-11-22T10:00:00Z';
const CALENDAR = { schedule: '0 * * * *', timeZone: 'Europe/Berlin' };
const lastRun = (ended: string) => ({
  ...CALENDAR,
  last: { at: '2026-11-22T10:00:00.000Z', ended },
});
const ACTIVE = { active: [{ kind: 'Job', name: 'report-1' }] };

describe('a workload that runs by the clock', () => {
  it.each([
    {
      name: 'that is still to run',
      objects: [cronJob({})],
      says: 'Healthy Scheduled',
      runs: CALENDAR,
    },
    {
      name: 'that runs',
      objects: [cronJob({ ...ACTIVE, lastScheduleTime: DUE })],
      says: 'Healthy Running',
      runs: lastRun('running'),
    },
    {
      name: 'that ended well',
      objects: [
        cronJob({
          lastScheduleTime: DUE,
          lastSuccessfulTime: '2026-11-22T10:00:20Z',
        }),
      ],
      says: 'Healthy LastRunSucceeded',
      runs: lastRun('succeeded'),
    },
    {
      name: 'that failed after it had ended well',
      objects: [
        cronJob({
          lastScheduleTime: DUE,
          lastSuccessfulTime: '2026-11-22T09:00:20Z',
        }),
        podOf(DUE, 'Failed'),
        podOf('2026-11-22T09:00:00Z', 'Succeeded'),
      ],
      says: 'Degraded LastRunFailed',
      runs: lastRun('failed'),
    },
    {
      name: 'that ended well, of which the cluster knows only that it ended',
      objects: [
        cronJob({
          lastScheduleTime: DUE,
          lastSuccessfulTime: '2026-11-22T09:00:20Z',
        }),
        podOf(DUE, 'Succeeded'),
      ],
      says: 'Healthy LastRunSucceeded',
      runs: lastRun('succeeded'),
    },
    {
      name: 'that failed at its first run',
      objects: [cronJob({ lastScheduleTime: DUE }), podOf(DUE, 'Failed')],
      says: 'Degraded LastRunFailed',
      runs: lastRun('failed'),
    },
    {
      name: 'that is suspended',
      objects: [cronJob({ lastScheduleTime: DUE }, { suspend: true })],
      says: 'Healthy Suspended',
      runs: { ...lastRun('failed'), isSuspended: true },
    },
  ])('$name', ({ objects, says, runs }) => {
    expect(judge(objects)).toEqual({
      says,
      runs,
      replicas: 0,
      instances: { ready: 0, wanted: 0 },
    });
  });

  it.each([
    [CALENDAR, '2026-11-22T11:00:00.000Z'],
    [{ schedule: '30 4 * * *' }, '2026-11-23T04:30:00.000Z'],
    [
      { schedule: '30 4 * * *', timeZone: 'Europe/Berlin' },
      '2026-11-23T03:30:00.000Z',
    ],
    [{ ...CALENDAR, isSuspended: true as const }, undefined],
    [{ schedule: 'every day' }, undefined],
    [{ schedule: '0 * * * *', timeZone: 'Mars/Olympus' }, undefined],
    [{ schedule: '0 0 30 2 *' }, undefined],
  ])('%j comes next at %s', (runs, expected) => {
    expect(findNextRun(runs, NOW)?.toISOString()).toBe(expected);
  });

  it('keeps little of what a cluster says', () => {
    const long = 'x'.repeat(100_000);
    const { runs } = observeObject(
      cronJob({ lastScheduleTime: long }, { schedule: long, timeZone: long }),
      undefined,
      NOW,
    );
    expect(JSON.stringify(runs).length).toBeLessThan(2_000);
  });
});

describe('a worker without a service', () => {
  it('is Healthy without a port', () => {
    const labels = { ...LABELS, 'callboard.dev/workload': 'report' };
    const worker: KubeObject = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'report', namespace: 'shop--dev', labels },
      spec: { replicas: 1 },
      status: {
        replicas: 1,
        updatedReplicas: 1,
        readyReplicas: 1,
        availableReplicas: 1,
      },
    };
    const pod: KubeObject = {
      ...podOf(DUE, 'Running'),
      spec: { containers: [{ name: 'main', image: 'web:1' }] },
      status: {
        phase: 'Running',
        conditions: [
          {
            type: 'Ready',
            status: 'True',
            lastTransitionTime: '2026-11-22T09:00:00Z',
          },
        ],
      },
    };
    expect(judge([worker, pod])).toEqual({
      says: 'Healthy Available',
      runs: undefined,
      replicas: 1,
      instances: { ready: 1, wanted: 1 },
    });
  });
});
