import type {
  ClusterFile,
  EnvironmentFile,
  ScoreWorkload,
} from '@callboard/plugin-callboard-common';
import { CURRENT_RENDERER, demandsOf } from '@callboard/plugin-callboard-core';
import type { ClusterFactsRecord } from '../../store';
import { FleetSnapshot } from './FleetSnapshot';
import type { ReleaseWorkloads } from './ReleaseWorkloads';

const GIB = 1024 ** 3;

const LIVE: EnvironmentFile = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Environment',
  metadata: { name: 'live' },
  spec: { order: 1, placement: {} },
};

const EU_1: ClusterFile = {
  apiVersion: 'callboard.dev/v1alpha1',
  kind: 'Cluster',
  metadata: { name: 'eu-1' },
  spec: {},
};

const asking = (memory: string, onClusters?: string): ReleaseWorkloads => {
  const workloads: ScoreWorkload[] = [
    {
      apiVersion: 'score.dev/v1b1',
      metadata: { name: 'web' },
      containers: {
        main: { image: '.', resources: { requests: { memory } } },
      },
    },
  ];
  return {
    renderer: CURRENT_RENDERER,
    pushed: workloads,
    demands: demandsOf({ workloads, renderer: CURRENT_RENDERER }),
    workloads,
    ...(onClusters !== undefined && {
      appFile: {
        apiVersion: 'callboard.dev/v1alpha1',
        kind: 'App',
        metadata: { name: 'shop' },
        spec: {
          environments: [
            {
              name: 'live',
              overrides: [
                {
                  clusters: {},
                  resources: {
                    web: { main: { requests: { memory: onClusters } } },
                  },
                },
              ],
            },
          ],
        },
      },
    }),
  };
};

/** What is free on a cluster of two nodes with 8 GiB each, on which these apps are wanted. */
function freeGib(
  apps: Record<string, string>,
  says: Partial<ClusterFactsRecord> = {},
): number {
  const names = Object.keys(apps);
  const snapshot = new FleetSnapshot({
    now: new Date('2026-11-20T12:00:00Z'),
    platform: { environments: [LIVE], blueprints: [] },
    clusters: [
      {
        name: 'eu-1',
        source: 'test',
        connectionKind: 'kubeconfig',
        livenessDeadlineMs: 30_000,
        file: EU_1,
      },
    ],
    statuses: () => ({ freshness: 'live' }),
    says: new Map([
      [
        'eu-1',
        {
          nodes: { ready: 2, total: 2 },
          capacity: {
            memoryBytes: 16 * GIB,
            largestNode: { memoryBytes: 8 * GIB },
          },
          allocatable: { memoryBytes: 16 * GIB },
          requested: { cpuMillicores: 0, memoryBytes: 0, pods: 0 },
          ...says,
        },
      ],
    ]),
    schedulings: new Map(),
    places: names.map(app => ({
      app,
      environment: 'live',
      cluster: 'eu-1',
      release: 1,
    })),
    releases: new Map(
      names.map(
        app =>
          [
            `${app}/1`,
            asking(...(apps[app].split(', ') as [string, string?])),
          ] as const,
      ),
    ),
  });
  return (snapshot.clusters[0].free?.memoryBytes ?? NaN) / GIB;
}

it('promises capacity to what is on its way, and none to what no node can ever run', () => {
  expect(freeGib({})).toBe(16);
  expect(freeGib({ shop: '3Gi', pay: '8Gi' })).toBe(5);
  expect(freeGib({ shop: '3Gi', vast: '9Gi' })).toBe(13);
  expect(freeGib({ vast: '900Gi' })).toBe(16);
});

it('promises what an override asks for on the cluster', () => {
  expect(freeGib({ shop: '3Gi, 5Gi' })).toBe(11);
  expect(freeGib({ shop: '3Gi, 9Gi' })).toBe(16);
});

it('takes away what pods of others ask for, whatever is promised', () => {
  const memory = (gib: number) => ({
    cpuMillicores: 0,
    memoryBytes: gib * GIB,
    pods: 1,
  });
  const requestedByOthers = memory(4);
  expect(freeGib({ shop: '3Gi' }, { requestedByOthers })).toBe(9);
  expect(
    freeGib({ shop: '3Gi' }, { requestedByOthers, requested: memory(5) }),
  ).toBe(7);
});
