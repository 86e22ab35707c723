import type {
  BlueprintSummary,
  BlueprintVersionDetails,
  BlueprintVersionRef,
  BlueprintWhatIf,
  RolloutAnswer,
  RolloutPhaseName,
} from '@callboard/plugin-callboard-common';
import * as fixtures from './fixtures';

const HEALTHY = {
  status: 'Healthy',
  reason: 'Available',
  message: 'All of it is there',
} as const;

/** Version 2 of edge on its way over five stores, the fourth of which failed. */
export function rollout(
  phase: RolloutPhaseName = 'halted',
  over: Partial<RolloutAnswer> = {},
): RolloutAnswer {
  return {
    ...fixtures.rollout('halted'),
    release: 2,
    before: 1,
    phase,
    sentence:
      'Halted at edge-104: 1 app that ran well before turned Degraded there. 1 failed, none may; nothing new starts',
    wave: 2,
    waveCount: 3,
    reached: 4,
    clusterCount: 5,
    waves: [
      {
        name: 'first',
        cells: [
          { cluster: 'edge-101', state: 'done' },
          { cluster: 'edge-102', state: 'done' },
        ],
      },
      {
        name: '',
        cells: [
          { cluster: 'edge-103', state: 'done' },
          {
            cluster: 'edge-104',
            state: 'failed',
            why: '1 app that ran well before turned Degraded there',
            since: '2026-11-20T12:00:00.000Z',
          },
        ],
      },
      { name: '', cells: [{ cluster: 'edge-105', state: 'to-apply' }] },
    ],
    actions: [
      {
        action: 'rollback',
        does: 'edge-101, edge-102, edge-103 and edge-104 roll back to version 1, all at once; edge-105 never left it.',
      },
      {
        action: 'resume',
        does: 'edge-104 is checked again, and the rollout continues if version 2 turns healthy there. If it does not, it halts again.',
      },
      {
        action: 'abort',
        does: 'Stop here. It cannot be resumed, only rolled back or replaced by another version.',
      },
    ],
    ...over,
  };
}

/** The blueprints during a rollout of version 2 of edge, after a change of version 1 of pci in its file. */
export function blueprintsUnderWay(): BlueprintSummary[] {
  const [edge, golden, pci] = fixtures.blueprints();
  return [
    {
      ...edge,
      sentence: '4 clusters run version 2 and 1 cluster runs version 1',
      versions: [
        {
          version: 2,
          state: 'active',
          channels: ['stable'],
          clusters: 4,
          base: 'golden',
        },
        {
          version: 1,
          state: 'deprecated',
          channels: [],
          clusters: 1,
          drifted: 1,
          base: 'golden',
        },
      ],
      rollout: {
        id: '1',
        version: 2,
        why: 'Stores may be offline for five days',
        phase: 'halted',
        sentence: rollout().sentence,
        startedBy: 'user:default/petra',
        startedAt: '2026-11-20T11:40:00.000Z',
      },
    },
    golden,
    {
      ...pci,
      versions: pci.versions.map(version => ({
        ...version,
        problem: {
          code: 'blueprint-version-changed',
          what: 'Cannot change version 2 of the blueprint "pci"',
          why: 'it was active already, so it is used as it was recorded; its file differs in add-on "scope": ConfigMap pci-scope, data.log-retention',
          next: 'Undo the change, or raise "version" to 3 and roll that version out',
          transient: false,
        },
      })),
    },
  ];
}

export function versionDetails({
  name,
  version,
}: BlueprintVersionRef): BlueprintVersionDetails {
  return {
    name,
    title:
      fixtures.blueprints().find(each => each.name === name)?.title ?? name,
    version,
    state: 'active',
    channels: ['stable'],
    sentence: `Version ${version} runs on 2 clusters, 1 of which differs from it`,
    drift: 'DetectAndNotify',
    guardRails:
      name === 'golden'
        ? []
        : [
            'Pods keep at least the level "restricted"',
            'Pods have no traffic but what the app declares',
          ],
    inherits: name === 'golden' ? [] : [{ name: 'golden', version: 3 }],
    addons: [
      {
        name: 'platform-limits',
        description: 'How much the platform itself may take',
        from: { name, version },
        replaces: name === 'golden' ? [] : [{ name: 'golden', version: 3 }],
        objects: [
          {
            apiVersion: 'v1',
            kind: 'ResourceQuota',
            namespace: 'platform',
            name: 'platform',
          },
        ],
        health: { Healthy: 1, Unknown: 1 },
      },
      {
        name: 'network',
        description: 'Nothing outside calls into the platform',
        from: { name: 'golden', version: 3 },
        replaces: [],
        objects: [
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            namespace: 'platform',
            name: 'same-namespace-only',
          },
        ],
        health: { Healthy: 2 },
      },
    ],
    clusters: [
      {
        cluster: 'edge-101',
        shall: version,
        runs: version,
        follows: name,
        drift: 0,
        changes: 'changes by others are refused',
        health: HEALTHY,
      },
      {
        cluster: 'edge-102',
        shall: version,
        runs: null,
        follows: `${name}, channel stable`,
        drift: 1,
        changes:
          'changes by others are put back: only Kubernetes 1.30 and newer refuses them, and this is v1.29.4',
        health: {
          status: 'Unknown',
          reason: 'Unknown',
          message: 'last seen 4 min ago',
        },
      },
    ],
  };
}

export function whatIf({
  name,
  version,
}: BlueprintVersionRef): BlueprintWhatIf {
  return {
    name,
    version,
    sentence: `Version ${version} goes to 2 clusters: 1 object changed`,
    clusters: ['edge-101', 'edge-102'],
    groups: [
      {
        clusters: ['edge-101', 'edge-102'],
        from: version === 1 ? null : version - 1,
        addons: [{ name: 'store', change: 'changed' }],
        objects: [
          {
            change: 'changed',
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: 'offline',
            fields: [
              {
                path: 'data.expected-outage',
                before: 'up to 72 hours',
                after: 'up to 120 hours',
              },
            ],
            more: 0,
          },
        ],
        more: 0,
      },
    ],
    notAdmitted: [
      {
        app: 'checkout',
        environment: 'prod',
        clusters: ['edge-101'],
        why: 'a container may have 512 MiB of memory, and "main" of "checkout" asks for 1 GiB',
        next: 'Set resources.limits.memory and resources.requests.memory in score.yaml to 512 MiB at most',
      },
    ],
    hidden: 1,
  };
}
