import type { KubeObject } from '@callboard/plugin-callboard-common';
import { diagnose } from './diagnose';

const NOW = new Date('2026-11-20T12:00:00Z');

describe('diagnose', () => {
  it('tells a crash at start with its exit code and last lines', () => {
    const findings = diagnose(
      evidence({
        objects: [crashedPod()],
        logs: {
          'web-1': 'listening\nDB_PASSWORD=hunter2\nfatal: no database\n',
        },
      }),
      NOW,
    );
    expect(findings).toEqual([
      {
        code: 'crashed-at-start',
        what: 'shop cannot start in dev: it ends with exit code 3 right after start',
        evidence: [
          { label: 'Exit code', value: '3' },
          { label: 'Ended', value: '5 times' },
        ],
        logTail: ['listening', 'DB_PASSWORD=***', 'fatal: no database'],
        since: '2026-11-20T11:59:01.000Z',
        next: 'See its last lines of output, correct what they say, and push again',
        confidence: 'certain',
        cluster: 'dev-1',
        workload: 'web',
      },
    ]);
  });

  it('finds nothing where nothing is wrong', () => {
    expect(diagnose(evidence({}), NOW)).toEqual([]);
  });
});

function evidence(
  given: Partial<Parameters<typeof diagnose>[0]>,
): Parameters<typeof diagnose>[0] {
  return {
    app: 'shop',
    environment: 'dev',
    cluster: 'dev-1',
    objects: [],
    events: [],
    logs: {},
    ...given,
  };
}

function crashedPod(): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: 'web-1',
      namespace: 'shop--dev',
      labels: { 'callboard.dev/workload': 'web' },
    },
    spec: {
      restartPolicy: 'Always',
      containers: [{ name: 'web', image: 'shop:1' }],
    },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          name: 'web',
          ready: false,
          restartCount: 4,
          state: {
            waiting: { reason: 'CrashLoopBackOff', message: 'back-off 40s' },
          },
          lastState: {
            terminated: {
              exitCode: 3,
              reason: 'Error',
              startedAt: '2026-11-20T11:59:00Z',
              finishedAt: '2026-11-20T11:59:01Z',
            },
          },
        },
      ],
    },
  };
}
