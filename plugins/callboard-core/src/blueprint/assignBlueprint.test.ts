import type {
  BlueprintFile,
  ClusterFile,
  ClusterSetFile,
} from '@callboard/plugin-callboard-common';
import { assignBlueprint, describeAssignedBy } from './assignBlueprint';
import { describeRef } from './describeRef';

const apiVersion = 'callboard.dev/v1alpha1' as const;

function cluster(spec: ClusterFile['spec'] = {}): ClusterFile {
  return {
    apiVersion,
    kind: 'Cluster',
    metadata: { name: 'eu-1', labels: { env: 'edge', size: 'small' } },
    spec,
  };
}

function set(name: string, spec: ClusterSetFile['spec'] = {}): ClusterSetFile {
  return { apiVersion, kind: 'ClusterSet', metadata: { name }, spec };
}

function blueprint(
  name: string,
  spec: Partial<BlueprintFile['spec']> = {},
): BlueprintFile {
  return {
    apiVersion,
    kind: 'Blueprint',
    metadata: { name },
    spec: { version: 1, state: 'active', addons: [], ...spec },
  };
}

const EDGE = { matchLabels: { env: 'edge' } };
const SMALL = { matchLabels: { size: 'small' } };
const PROD = { matchLabels: { env: 'prod' } };
const before = {
  blueprint: { name: 'old' },
  by: { kind: 'cluster-set' as const, name: 'shops' },
};

it.each([
  {
    name: 'its own word goes first',
    of: cluster({ blueprint: { name: 'own', version: 3 }, clusterSet: 'a' }),
    clusterSets: [set('a', { blueprint: 'edge' })],
    says: 'own, version 3 by its file',
  },
  {
    name: 'a set that it names, before followers',
    of: cluster({ clusterSet: 'a' }),
    clusterSets: [set('a', { blueprint: { name: 'edge', channel: 'stable' } })],
    blueprints: [blueprint('pci', { followers: [{ clusterSelector: EDGE }] })],
    says: 'edge, channel stable by cluster set "a"',
  },
  {
    name: 'a set that selects it',
    of: cluster(),
    clusterSets: [
      set('a', { clusterSelector: PROD, blueprint: 'pci' }),
      set('b', { clusterSelector: EDGE, blueprint: 'edge' }),
    ],
    says: 'edge by cluster set "b"',
  },
  {
    name: 'two sets that agree',
    of: cluster({ clusterSet: 'b' }),
    clusterSets: [
      set('b', { blueprint: { name: 'edge' } }),
      set('a', { clusterSelector: EDGE, blueprint: 'edge' }),
    ],
    says: 'edge by cluster set "a"',
  },
  {
    name: 'followers of the newest version that is no draft',
    of: cluster(),
    blueprints: [
      blueprint('edge', { version: 1, followers: [{ clusterSelector: PROD }] }),
      blueprint('edge', {
        version: 2,
        state: 'deprecated',
        followers: [{ clusterSelector: EDGE, channel: 'fast' }],
      }),
      blueprint('edge', { version: 3, state: 'draft' }),
    ],
    says: 'edge, channel fast by followers of version 2 of blueprint "edge"',
  },
  { name: 'nothing', of: cluster(), clusterSets: [set('a')], says: 'none' },
  {
    name: 'two sets that contradict each other, and what was before',
    of: cluster({ clusterSet: 'a' }),
    clusterSets: [
      set('b', { clusterSelector: EDGE, blueprint: 'pci' }),
      set('a', { blueprint: 'edge' }),
    ],
    before,
    says: 'old by cluster set "shops"',
    why: 'cluster set "a" (sets/a.yaml): "edge", and cluster set "b": "pci"; it goes on with "old"',
  },
  {
    name: 'two blueprints whose followers it is, and nothing before',
    of: cluster(),
    blueprints: [
      blueprint('pci', {
        followers: [{ clusterSelector: EDGE, version: 1 }],
      }),
      blueprint('edge', { followers: [{ clusterSelector: SMALL }] }),
    ],
    says: 'none',
    why: 'followers of version 1 of blueprint "edge": "edge", and followers of version 1 of blueprint "pci": "pci, version 1"; it runs none',
  },
])(
  '$name',
  ({ of, clusterSets = [], blueprints = [], before: last, says, why }) => {
    const { assignment, problem } = assignBlueprint(of, {
      clusterSets,
      blueprints,
      before: last,
      fileOf: by =>
        by.kind === 'cluster-set' && by.name === 'a'
          ? 'sets/a.yaml'
          : undefined,
    });
    expect(
      assignment
        ? `${describeRef(assignment.blueprint)} by ${describeAssignedBy(
            assignment.by,
          )}`
        : 'none',
    ).toBe(says);
    expect(problem?.why).toBe(why);
  },
);
