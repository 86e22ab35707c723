import type { KubeObject } from '@callboard/plugin-callboard-common';
import { deployerOf } from './deployerOf';
import { describeChanges } from './describeChanges';
import { describeObserved } from './describeObserved';
import { judgeObserved } from './judgeObserved';
import { keepObject } from './keepObject';
import type { ObservedState } from './types';

const NOW = new Date('2026-11-20T10:00:00Z');
const OF = { name: 'billing', cluster: 'eu-1' };

function object(
  kind: string,
  name: string,
  fields: Record<string, unknown> = {},
  metadata: Record<string, unknown> = {},
): KubeObject {
  return {
    apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
    kind,
    metadata: { name, namespace: 'finance', uid: name, ...metadata },
    ...fields,
  };
}

const deployment = (ready: number, image = 'billing:1') =>
  object('Deployment', 'web', {
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: 'web' } },
      template: {
        spec: {
          containers: [
            {
              name: 'web',
              image,
              args: ['--token=hunter2'],
              env: [
                { name: 'PASSWORD', value: 'hunter2' },
                {
                  name: 'KEY',
                  valueFrom: { secretKeyRef: { name: 's', key: 'k' } },
                },
              ],
            },
          ],
        },
      },
    },
    status: {
      replicas: 2,
      updatedReplicas: 2,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  });

const judge = (...objects: KubeObject[]): ObservedState =>
  judgeObserved(
    OF,
    objects.flatMap(each => keepObject(each) ?? []),
    NOW,
  );

describe('what deployed an object', () => {
  it.each([
    [
      'Flux before the Helm that it uses',
      {
        labels: { 'helm.toolkit.fluxcd.io/name': 'a' },
        annotations: { 'meta.helm.sh/release-name': 'b' },
      },
      { tool: 'Flux', name: 'a' },
    ],
    [
      'a Kustomization of Flux',
      { labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } },
      { tool: 'Flux', name: 'apps' },
    ],
    [
      'an Application of Argo CD',
      {
        annotations: {
          'argocd.argoproj.io/tracking-id': 'bill:apps/Deployment:finance/web',
        },
      },
      { tool: 'Argo CD', name: 'bill' },
    ],
    [
      'a release of Helm',
      { annotations: { 'meta.helm.sh/release-name': 'bill' } },
      { tool: 'Helm', name: 'bill' },
    ],
    [
      'Helm, without a release',
      { labels: { 'app.kubernetes.io/managed-by': 'Helm' } },
      { tool: 'Helm' },
    ],
    [
      'kubectl',
      { managedFields: [{ manager: 'kubectl-client-side-apply' }] },
      { tool: 'kubectl' },
    ],
    [
      'nobody who left a mark',
      { managedFields: [{ manager: 'kubectlish' }, 7] },
      { tool: 'unknown' },
    ],
  ])('is %s', (_, metadata, deployer) => {
    expect(deployerOf(object('Deployment', 'web', {}, metadata))).toEqual(
      deployer,
    );
  });
});

describe('what is kept of an object', () => {
  it('has no values', () => {
    const kept = keepObject({
      ...deployment(2),
      metadata: { name: 'web', annotations: { last: 'hunter2' } },
    });
    const text = JSON.stringify(kept);
    expect(text).not.toContain('hunter2');
    expect(text).toContain('secretKeyRef');
  });

  it('is nothing of one that is too large', () => {
    expect(
      keepObject(object('Pod', 'web', { spec: { x: 'y'.repeat(70_000) } })),
    ).toBeUndefined();
  });
});

describe('what others deployed', () => {
  it('is judged as apps are', () => {
    expect(judge(deployment(2)).health.status).toBe('Healthy');
    expect(judge(deployment(1)).health.status).not.toBe('Healthy');
  });

  it('is explained by its pods', () => {
    const pod = object(
      'Pod',
      'web-1',
      {
        spec: { containers: [{ name: 'web', image: 'billing:1' }] },
        status: {
          phase: 'Pending',
          containerStatuses: [
            {
              name: 'web',
              ready: false,
              restartCount: 0,
              image: 'billing:1',
              state: { waiting: { reason: 'ImagePullBackOff' } },
            },
          ],
        },
      },
      {
        labels: { app: 'web' },
        creationTimestamp: '2026-11-20T09:50:00Z',
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: 'web-5',
            uid: 'rs',
            controller: true,
          },
        ],
      },
    );
    const { health, findings, workloads } = judge(deployment(0), pod);
    expect(health.status).toBe('Degraded');
    expect(findings[0].what).toContain('namespace "finance"');
    expect(workloads).toEqual([
      expect.objectContaining({
        kind: 'Deployment',
        name: 'web',
        images: ['billing:1'],
        instances: { ready: 0, wanted: 2 },
      }),
    ]);
  });

  it('is not green while a cluster cannot be read', () => {
    const placement = {
      cluster: 'eu-1',
      health: judge(deployment(2)).health,
      freshness: 'live' as const,
      observedAt: NOW.toISOString(),
      objects: 1,
      workloads: [],
      findings: [],
    };
    const label = 'backstage.io/kubernetes-id=billing';
    const whole = { placements: [placement], unread: [], label };
    expect(describeObserved(whole).health.status).toBe('Healthy');
    expect(
      describeObserved({
        ...whole,
        unread: [{ cluster: 'us-1', why: 'It refuses' }],
      }),
    ).toMatchObject({
      health: { status: 'Unknown' },
      sentence: 'It runs on 1 cluster; 1 cluster cannot be read.',
    });
  });
});

describe('what changed', () => {
  const at = (minute: number) => new Date(NOW.getTime() + minute * 60_000);
  const versions = [
    { cluster: 'eu-1', from: at(0), state: judge(deployment(2)) },
    { cluster: 'eu-1', from: at(1), state: judge(deployment(2, 'billing:2')) },
    { cluster: 'eu-1', from: at(2) },
  ];

  it('is told the newest first', () => {
    expect(
      describeChanges(versions, { most: 9, isWhole: true }).map(
        ({ sentence }) => sentence,
      ),
    ).toEqual([
      'Nothing of it is on eu-1 any more',
      'web runs billing:2 instead of billing:1 on eu-1',
      'It was found on eu-1',
    ]);
  });

  it('says nothing of the first where more came before it', () => {
    expect(describeChanges(versions, { most: 9, isWhole: false })).toHaveLength(
      2,
    );
  });
});
