import type {
  PlacementSpec,
  PrioritizerConfig,
} from '@callboard/plugin-callboard-common';
import { readPlacementSpec } from '../documents';
import { decideOcmPlacement } from './decideOcmPlacement';
import { readManagedClusters } from './readManagedClusters';

const NOW = new Date('2026-11-20T12:00:00Z');

interface ClusterGiven {
  name: string;
  labels?: Record<string, string>;
  claims?: Record<string, string>;
  taints?: unknown[];
  cpu?: string;
  deleting?: boolean;
}

function managedCluster({
  name,
  labels,
  claims = {},
  taints,
  cpu,
  deleting,
}: ClusterGiven) {
  return {
    apiVersion: 'cluster.open-cluster-management.io/v1',
    kind: 'ManagedCluster',
    metadata: {
      name,
      labels,
      ...(deleting && { deletionTimestamp: '2026-11-20T11:00:00Z' }),
    },
    spec: { taints, leaseDurationSeconds: 60 },
    status: {
      clusterClaims: Object.entries(claims).map(([key, value]) => ({
        name: key,
        value,
      })),
      ...(cpu && { allocatable: { cpu }, capacity: { cpu } }),
    },
  };
}

function score(
  cluster: string,
  name: string,
  value: number,
  validUntil?: string,
) {
  return {
    kind: 'AddOnPlacementScore',
    metadata: { name: 'load', namespace: cluster },
    status: { validUntil, scores: [{ name, value }] },
  };
}

const abc = [
  managedCluster({ name: 'c' }),
  managedCluster({ name: 'a' }),
  managedCluster({ name: 'b' }),
];

function decide(
  spec: unknown,
  documents: Array<Record<string, unknown>>,
  previous: string[] = [],
  others = {},
) {
  return decideOcmPlacement(
    {
      spec: readPlacementSpec(spec),
      clusters: readManagedClusters(documents),
      previous,
      others,
    },
    NOW,
  );
}

function addOn(scoreName: string, weight?: number): PrioritizerConfig {
  return {
    scoreCoordinate: {
      type: 'AddOn',
      addOn: { resourceName: 'load', scoreName },
    },
    weight,
  };
}
function builtIn(name: string, weight?: number): PrioritizerConfig {
  return { scoreCoordinate: { type: 'BuiltIn', builtIn: name }, weight };
}
function exactly(...configurations: PrioritizerConfig[]): PlacementSpec {
  return {
    numberOfClusters: 1,
    prioritizerPolicy: { mode: 'Exact', configurations },
  };
}
function when(...celExpressions: string[]): PlacementSpec {
  return {
    predicates: [
      { requiredClusterSelector: { celSelector: { celExpressions } } },
    ],
  };
}

describe('decideOcmPlacement chooses as the engine does', () => {
  it.each<{
    name: string;
    spec: unknown;
    clusters: Array<Record<string, unknown>>;
    previous?: string[];
    others?: Record<string, number>;
    expected: string[];
  }>([
    {
      name: 'all without a number, by name',
      spec: {},
      clusters: abc,
      expected: ['a', 'b', 'c'],
    },
    {
      name: 'none for zero',
      spec: { numberOfClusters: 0 },
      clusters: abc,
      expected: [],
    },
    {
      name: 'names are compared as bytes',
      spec: { numberOfClusters: 2 },
      clusters: ['b', 'a', 'B'].map(name => managedCluster({ name })),
      expected: ['B', 'a'],
    },
    {
      name: 'steadiness',
      spec: { numberOfClusters: 1 },
      clusters: abc,
      previous: ['c'],
      expected: ['c'],
    },
    {
      name: 'balance against steadiness: a tie goes by name',
      spec: { numberOfClusters: 1 },
      clusters: abc,
      previous: ['c'],
      others: { c: 2, b: 4 },
      expected: ['a'],
    },
    {
      name: 'exact mode drops steadiness',
      spec: exactly(builtIn('Balance')),
      clusters: abc,
      previous: ['c'],
      expected: ['a'],
    },
    {
      name: 'the same built-in twice: the last counts',
      spec: {
        numberOfClusters: 1,
        prioritizerPolicy: {
          configurations: [builtIn('Steady', 5), builtIn('Steady', -1)],
        },
      },
      clusters: abc,
      previous: ['a'],
      expected: ['b'],
    },
    {
      name: 'the same add-on score twice: they add up',
      spec: exactly(addOn('cpu', 1), addOn('cpu', 1), builtIn('Steady', 1)),
      clusters: [...abc, score('b', 'cpu', 60)],
      previous: ['a'],
      expected: ['b'],
    },
    {
      name: 'an expired score is 0',
      spec: exactly(addOn('cpu')),
      clusters: [...abc, score('b', 'cpu', 60, '2026-11-20T11:59:59Z')],
      expected: ['a'],
    },
    {
      name: 'a score counts at its very last moment',
      spec: exactly(addOn('cpu')),
      clusters: [...abc, score('b', 'cpu', 60, '2026-11-20T12:00:00Z')],
      expected: ['b'],
    },
    {
      name: 'weight 0 skips the check of the name',
      spec: exactly(builtIn('Nonsense', 0)),
      clusters: abc,
      expected: ['a'],
    },
    {
      name: 'most allocatable',
      spec: exactly(builtIn('ResourceAllocatableCPU')),
      clusters: [
        managedCluster({ name: 'a', cpu: '2' }),
        managedCluster({ name: 'b', cpu: '3920m' }),
      ],
      expected: ['b'],
    },
    {
      name: 'negative weight',
      spec: exactly(builtIn('ResourceAllocatableCPU', -1)),
      clusters: [
        managedCluster({ name: 'a', cpu: '4' }),
        managedCluster({ name: 'b', cpu: '2' }),
      ],
      expected: ['b'],
    },
    {
      name: 'deleting clusters are dropped',
      spec: {},
      clusters: [
        managedCluster({ name: 'a', deleting: true }),
        managedCluster({ name: 'b' }),
      ],
      expected: ['b'],
    },
    {
      name: 'a faulty predicate is not read where no cluster is eligible',
      spec: when('nobody.knows == 1'),
      clusters: [managedCluster({ name: 'a', deleting: true })],
      expected: [],
    },
    {
      name: 'predicates are ORed',
      spec: {
        predicates: [
          {
            requiredClusterSelector: {
              labelSelector: { matchLabels: { env: 'x' } },
            },
          },
          {
            requiredClusterSelector: {
              claimSelector: {
                matchExpressions: [
                  { key: 'region', operator: 'In', values: ['eu'] },
                ],
              },
            },
          },
        ],
      },
      clusters: [
        managedCluster({ name: 'a', labels: { env: 'x' } }),
        managedCluster({ name: 'b', claims: { region: 'eu' } }),
        managedCluster({ name: 'c' }),
      ],
      expected: ['a', 'b'],
    },
    {
      name: 'a set by the exclusive label',
      spec: { clusterSets: ['gold'] },
      clusters: [
        managedCluster({
          name: 'a',
          labels: { 'cluster.open-cluster-management.io/clusterset': 'gold' },
        }),
        managedCluster({ name: 'b' }),
      ],
      expected: ['a'],
    },
    {
      name: 'a set by labels',
      spec: { clusterSets: ['gold'] },
      clusters: [
        managedCluster({
          name: 'a',
          labels: { 'cluster.open-cluster-management.io/clusterset': 'gold' },
        }),
        managedCluster({ name: 'b', labels: { tier: '1' } }),
        {
          kind: 'ManagedClusterSet',
          metadata: { name: 'gold' },
          spec: {
            clusterSelector: {
              selectorType: 'LabelSelector',
              labelSelector: { matchLabels: { tier: '1' } },
            },
          },
        },
      ],
      expected: ['b'],
    },
    {
      name: 'PreferNoSelect keeps nobody away',
      spec: {},
      clusters: [
        managedCluster({
          name: 'a',
          taints: [{ key: 'x', effect: 'PreferNoSelect' }],
        }),
      ],
      expected: ['a'],
    },
    {
      name: 'NoSelectIfNew spares a cluster that was chosen before',
      spec: {},
      clusters: ['a', 'b'].map(name =>
        managedCluster({
          name,
          taints: [{ key: 'x', effect: 'NoSelectIfNew' }],
        }),
      ),
      previous: ['a'],
      expected: ['a'],
    },
    {
      name: 'a toleration that has not expired',
      spec: {
        tolerations: [{ key: 'x', operator: 'Exists', tolerationSeconds: 61 }],
      },
      clusters: [
        managedCluster({
          name: 'a',
          taints: [
            { key: 'x', effect: 'NoSelect', timeAdded: '2026-11-20T11:59:00Z' },
          ],
        }),
      ],
      expected: ['a'],
    },
    {
      name: 'a toleration at the second it ends',
      spec: {
        tolerations: [{ key: 'x', operator: 'Exists', tolerationSeconds: 60 }],
      },
      clusters: [
        managedCluster({
          name: 'a',
          taints: [
            { key: 'x', effect: 'NoSelect', timeAdded: '2026-11-20T11:59:00Z' },
          ],
        }),
      ],
      expected: [],
    },
    {
      name: 'spread is declared and read by nobody',
      spec: {
        numberOfClusters: 2,
        spreadPolicy: {
          spreadConstraints: [
            {
              topologyKey: 'r',
              topologyKeyType: 'Label',
              whenUnsatisfiable: 'DoNotSchedule',
            },
          ],
        },
      },
      clusters: [
        managedCluster({ name: 'a', labels: { r: '1' } }),
        managedCluster({ name: 'b', labels: { r: '1' } }),
        managedCluster({ name: 'c', labels: { r: '2' } }),
      ],
      expected: ['a', 'b'],
    },
  ])('$name', ({ spec, clusters, previous, others, expected }) => {
    const decision = decide(spec, clusters, previous, others);
    expect(decision.chosen).toEqual(expected);
    expect(decision.notes.map(({ rule }) => rule)).not.toContain(
      'misconfigured',
    );
  });

  it.each<{ name: string; spec: unknown; why: RegExp }>([
    {
      name: 'an unknown mode',
      spec: { prioritizerPolicy: { mode: 'Best' } },
      why: /"Best"/,
    },
    {
      name: 'an unknown built-in',
      spec: exactly(builtIn('Nonsense')),
      why: /"Nonsense"/,
    },
    {
      name: 'no coordinate',
      spec: { prioritizerPolicy: { configurations: [{ weight: 1 }] } },
      why: /scoreCoordinate/,
    },
    {
      name: 'no add-on',
      spec: {
        prioritizerPolicy: {
          configurations: [{ scoreCoordinate: { type: 'AddOn' } }],
        },
      },
      why: /addOn/,
    },
    {
      name: 'an unknown operator',
      spec: {
        predicates: [
          {
            requiredClusterSelector: {
              labelSelector: {
                matchExpressions: [
                  { key: 'a', operator: 'Like', values: ['x'] },
                ],
              },
            },
          },
        ],
      },
      why: /"Like"/,
    },
    {
      name: 'In without values',
      spec: {
        predicates: [
          {
            requiredClusterSelector: {
              claimSelector: {
                matchExpressions: [{ key: 'a', operator: 'In' }],
              },
            },
          },
        ],
      },
      why: /at least one/,
    },
    {
      name: 'a toleration of everything without Exists',
      spec: { tolerations: [{ value: 'x' }] },
      why: /operator Exists/,
    },
    {
      name: 'Exists with a value',
      spec: { tolerations: [{ key: 'a', operator: 'Exists', value: 'x' }] },
      why: /no value/,
    },
    {
      name: 'a group size that is no percentage',
      spec: {
        decisionStrategy: {
          groupStrategy: { clustersPerDecisionGroup: 'half' },
        },
      },
      why: /half/,
    },
    {
      name: 'an expression of an unknown name',
      spec: when('nobody.knows == 1'),
      why: /nobody/,
    },
    {
      name: 'an expression of an unknown function',
      spec: when('managedCluster.metadata.name.shout()'),
      why: /shout/,
    },
  ])('refuses $name and chooses nothing', ({ spec, why }) => {
    const decision = decide(spec, abc);
    expect(decision.chosen).toEqual([]);
    expect(decision.notes[0].facts).toMatchObject({
      why: expect.stringMatching(why),
    });
    expect(decision.verdicts.map(({ verdict }) => verdict)).toEqual([
      'refused',
      'refused',
      'refused',
    ]);
  });

  it.each([
    {
      expression: 'managedCluster.metadata.labels["env"] == "prod"',
      expected: true,
    },
    {
      expression: 'managedCluster.metadata.labels["nope"] == "x"',
      expected: false,
    },
    { expression: 'managedCluster.metadata.labels', expected: false },
    {
      expression:
        'managedCluster.metadata.labels["version"].matches("^1\\\\.(14|15)\\\\.\\\\d+$")',
      expected: true,
    },
    {
      expression:
        'managedCluster.status.clusterClaims.exists(c, c.name == "sku" && c.value.parseJSON().H100.exists(e, e.big == 2))',
      expected: true,
    },
    {
      expression:
        'managedCluster.scores("load").filter(s, s.name == "cpu").all(s, s.value > 50)',
      expected: true,
    },
    {
      expression: 'managedCluster.scores("nope").size() == 0',
      expected: false,
    },
    {
      expression: 'managedCluster.spec.leaseDurationSeconds == 60',
      expected: true,
    },
    {
      expression:
        'quantity(managedCluster.status.allocatable.cpu).isGreaterThan(quantity("3500m"))',
      expected: true,
    },
    {
      expression:
        'has(managedCluster.spec.hubAcceptsClient) && !managedCluster.spec.hubAcceptsClient',
      expected: true,
    },
    {
      expression: 'managedCluster.?spec.?nope.orValue("x") == "x"',
      expected: true,
    },
    {
      expression:
        'int(managedCluster.metadata.labels.version.split(".")[1]) >= 14',
      expected: true,
    },
    {
      expression: '"1.2".matches("matches(") || true // matches(',
      expected: true,
    },
  ])('evaluates $expression', ({ expression, expected }) => {
    const cluster = managedCluster({
      name: 'a',
      labels: { env: 'prod', version: '1.14.3' },
      claims: { sku: '{"H100":[{"big":2}]}' },
      cpu: '4',
    });
    expect(
      decide(when(expression), [cluster, score('a', 'cpu', 60)]).chosen,
    ).toEqual(expected ? ['a'] : []);
  });

  it('puts each cluster into the first group it matches and divides what is too large', () => {
    const clusters = ['a', 'b', 'c', 'd', 'e'].map((name, index) =>
      managedCluster({ name, labels: { canary: String(index < 3) } }),
    );
    const { verdicts } = decide(
      {
        decisionStrategy: {
          groupStrategy: {
            clustersPerDecisionGroup: '40%',
            decisionGroups: [
              {
                groupName: 'canary',
                groupClusterSelector: {
                  labelSelector: { matchLabels: { canary: 'true' } },
                },
              },
            ],
          },
        },
      },
      clusters,
    );
    expect(
      verdicts.map(({ cluster, group }) => `${cluster}: ${group}`),
    ).toEqual(['a: 0 canary', 'b: 0 canary', 'c: 1 canary', 'd: 2 ', 'e: 2 ']);
  });
});
