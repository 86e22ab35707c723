import { readPlacementSpec } from '../documents';
import { groupDecisions } from '../groups';
import { countDecisions } from './countDecisions';
import { decideOcmPlacement } from './decideOcmPlacement';
import { listOwnDecisions } from './listOwnDecisions';
import { readManagedClusters } from './readManagedClusters';

const NOW = new Date('2026-11-20T12:00:00Z');
const PLACEMENT = 'cluster.open-cluster-management.io/placement';

describe('readManagedClusters', () => {
  it('reads what is there and takes nonsense for absent', () => {
    expect(
      readManagedClusters([
        { kind: 'ManagedCluster' },
        {
          kind: 'ManagedCluster',
          metadata: { name: 'a', labels: ['x'], deletionTimestamp: null },
          spec: { taints: [{ key: 'k', timeAdded: new Date(0) }, 'x'] },
          status: {
            clusterClaims: [{ name: 'c', value: 'v' }, {}],
            allocatable: { cpu: '4', memory: '1Ki' },
            capacity: 'x',
          },
        },
        {
          kind: 'AddOnPlacementScore',
          metadata: { namespace: 'a' },
          status: {
            validUntil: 'never',
            scores: [{}, { name: 's', value: 'x' }],
          },
        },
        { kind: 'ConfigMap' },
      ]),
    ).toMatchObject([
      {
        name: '',
        labels: {},
        claims: {},
        taints: [],
        deleting: false,
        clusterSets: ['global'],
      },
      {
        name: 'a',
        labels: {},
        claims: { c: 'v', '': '' },
        deleting: false,
        taints: [
          {
            key: 'k',
            value: '',
            effect: '',
            timeAdded: '1970-01-01T00:00:00.000Z',
          },
          { key: '', timeAdded: undefined },
        ],
        allocatable: { cpuCores: 4, memoryBytes: 1024 },
        capacity: {},
        addOnScores: [
          {
            resource: '',
            scores: [
              { name: '', value: 0 },
              { name: 's', value: 0 },
            ],
          },
        ],
      },
    ]);
  });

  it('knows sets by their documents where there are any', () => {
    const set = (name: string, clusterSelector?: object) => ({
      kind: 'ManagedClusterSet',
      metadata: { name },
      spec: { clusterSelector },
    });
    const label = 'cluster.open-cluster-management.io/clusterset';
    const [cluster] = readManagedClusters([
      {
        kind: 'ManagedCluster',
        metadata: { name: 'a', labels: { [label]: 'gold', tier: '1' } },
      },
      set('gold'),
      set('silver', { selectorType: 'ExclusiveClusterSetLabel' }),
      set('all', { selectorType: 'LabelSelector', labelSelector: {} }),
      set('broken', { selectorType: 'LabelSelector' }),
      set('tier', {
        selectorType: 'LabelSelector',
        labelSelector: { matchLabels: { tier: '2' } },
      }),
    ]);
    expect(cluster.clusterSets).toEqual(['gold', 'all']);
  });
});

const decision = (
  name: string,
  namespace: string | undefined,
  ...clusters: string[]
) => ({
  kind: 'PlacementDecision',
  metadata: { namespace, labels: { [PLACEMENT]: name } },
  status: { decisions: clusters.map(clusterName => ({ clusterName })) },
});

describe('listOwnDecisions', () => {
  it('lists the clusters of its own decisions, page by page', () => {
    const documents = [
      decision('p', 'apps', 'b', 'a'),
      decision('p', undefined, 'c'),
      decision('q', 'apps', 'd'),
      { ...decision('p', 'apps', 'e'), kind: 'ConfigMap' },
      {
        ...decision('p', 'apps'),
        status: { decisions: [{}, { clusterName: 'f' }] },
      },
      { kind: 'PlacementDecision' },
    ];
    expect(
      listOwnDecisions(documents, { name: 'p', namespace: 'apps' }),
    ).toEqual(['b', 'a', 'f']);
    expect(listOwnDecisions(documents, { name: 'p', namespace: '' })).toEqual([
      'c',
    ]);
  });
});

describe('countDecisions', () => {
  it('counts the decisions of others only', () => {
    const counts = countDecisions(
      [
        decision('p', undefined, 'a'),
        decision('p', 'other', 'a', 'b'),
        decision('q', undefined, 'a'),
        { kind: 'X' },
        { kind: 'PlacementDecision', status: { decisions: [{}] } },
      ],
      { name: 'p', namespace: '' },
    );
    expect(counts).toEqual({ a: 2, b: 1, '': 1 });
  });
});

describe('readPlacementSpec', () => {
  it('reads nothing out of nothing', () => {
    expect(readPlacementSpec(undefined)).toEqual({
      clusterSets: [],
      predicates: [],
      tolerations: [],
    });
  });

  it('keeps what is wrong as it is, so that it can be refused', () => {
    expect(
      readPlacementSpec({
        spreadPolicy: {
          spreadConstraints: [
            {},
            { topologyKeyType: 'Claim', topologyKey: 'x' },
          ],
        },
        prioritizerPolicy: {
          configurations: [
            {},
            { scoreCoordinate: { type: 'AddOn', addOn: {} } },
          ],
        },
        decisionStrategy: {
          groupStrategy: { decisionGroups: [{}], clustersPerDecisionGroup: 2 },
        },
      }),
    ).toMatchObject({
      spreadPolicy: {
        spreadConstraints: [
          { topologyKey: '', topologyKeyType: 'Label' },
          { topologyKey: 'x', topologyKeyType: 'Claim' },
        ],
      },
      prioritizerPolicy: {
        configurations: [
          { scoreCoordinate: undefined },
          { scoreCoordinate: { addOn: { resourceName: '', scoreName: '' } } },
        ],
      },
      decisionStrategy: {
        groupStrategy: {
          decisionGroups: [{ groupName: '' }],
          clustersPerDecisionGroup: 2,
        },
      },
    });
    expect(readPlacementSpec({ decisionStrategy: {} })).not.toHaveProperty(
      'decisionStrategy',
    );
  });
});

describe('groupDecisions', () => {
  const clusters = ['b', 'a', 'c'].map(name => ({
    name,
    labels: { n: name },
    claims: { n: name },
    taints: [],
    freshness: 'live' as const,
  }));
  const brief = (strategy: Parameters<typeof groupDecisions>[0]) => {
    const grouping = groupDecisions(strategy, clusters);
    return grouping.kind === 'grouped'
      ? grouping.groups
          .map(
            ({ index, name, clusters: members }) =>
              `${index}${name}:${members.join('')}`,
          )
          .join(' ')
      : grouping.why;
  };

  it.each<[Parameters<typeof groupDecisions>[0], unknown]>([
    [undefined, '0:abc'],
    [{ groupStrategy: { clustersPerDecisionGroup: 2 } }, '0:ab 1:c'],
    [{ groupStrategy: { clustersPerDecisionGroup: 0 } }, '0:abc'],
    [{ groupStrategy: { clustersPerDecisionGroup: 9 } }, '0:abc'],
    [{ groupStrategy: { clustersPerDecisionGroup: '34%' } }, '0:ab 1:c'],
    [
      { groupStrategy: { clustersPerDecisionGroup: '3' } },
      expect.stringContaining('not a number'),
    ],
    [
      {
        groupStrategy: {
          decisionGroups: [
            {
              groupName: 'x',
              groupClusterSelector: {
                claimSelector: {
                  matchExpressions: [
                    { key: 'n', operator: 'In', values: ['c'] },
                  ],
                },
              },
            },
            {},
          ],
        },
      },
      '0x:c 1:ab',
    ],
    [
      {
        groupStrategy: {
          decisionGroups: [
            {
              groupClusterSelector: {
                labelSelector: {
                  matchExpressions: [{ key: 'n', operator: 'In' }],
                },
              },
            },
          ],
        },
      },
      expect.stringContaining('at least one'),
    ],
    [
      {
        groupStrategy: {
          decisionGroups: [
            {
              groupClusterSelector: {
                claimSelector: {
                  matchExpressions: [{ key: '', operator: 'Exists' }],
                },
              },
            },
          ],
        },
      },
      expect.stringContaining('label key'),
    ],
  ])('%j', (strategy, expected) => {
    expect(brief(strategy)).toEqual(expected);
  });
});

describe('tolerations', () => {
  const taints = [{ key: 'team', value: 'data', effect: 'NoSelect' }];
  const clusters = readManagedClusters([
    { kind: 'ManagedCluster', metadata: { name: 'a' }, spec: { taints } },
  ]);
  it.each<[object, boolean]>([
    [{ key: 'team', value: 'data' }, true],
    [
      { key: 'team', operator: 'Equal', value: 'data', effect: 'NoSelect' },
      true,
    ],
    [{ key: 'team', operator: 'Equal', value: 'web' }, false],
    [{ key: 'team', operator: 'Exists', effect: 'NoSelectIfNew' }, false],
    [{ key: 'other', operator: 'Exists' }, false],
    [{ operator: 'Exists' }, true],
    [{ key: 'team', operator: 'Like', value: 'data' }, false],
    [{ key: 'team', operator: 'Exists', tolerationSeconds: 60 }, false],
  ])('%j', (toleration, isChosen) => {
    const { chosen } = decideOcmPlacement(
      {
        spec: readPlacementSpec({ tolerations: [toleration] }),
        clusters,
        previous: [],
      },
      NOW,
    );
    expect(chosen).toEqual(isChosen ? ['a'] : []);
  });
});

describe('scores', () => {
  it('takes the last of a score reported twice, and nothing of what is missing', () => {
    const score = (resource: string, scores: object[]) => ({
      kind: 'AddOnPlacementScore',
      metadata: { name: resource, namespace: 'b' },
      status: { scores },
    });
    const documents = [
      ...['a', 'b'].map(name => ({
        kind: 'ManagedCluster',
        metadata: { name },
      })),
      score('load', [
        { name: 'cpu', value: 1 },
        { name: 'cpu', value: 9 },
      ]),
    ];
    const decide = (scoreName: string, weight?: number) => {
      const configurations = [
        {
          scoreCoordinate: {
            type: 'AddOn',
            addOn: { resourceName: 'load', scoreName },
          },
          weight,
        },
      ];
      const spec = readPlacementSpec({
        prioritizerPolicy: { mode: 'Exact', configurations },
      });
      return decideOcmPlacement(
        { spec, clusters: readManagedClusters(documents), previous: [] },
        NOW,
      ).verdicts.map(verdict => verdict.score);
    };
    expect(decide('cpu')).toEqual([0, 9]);
    expect(decide('disk')).toEqual([0, 0]);
    expect(decide('cpu', 0)).toEqual([0, 0]);
  });
});
