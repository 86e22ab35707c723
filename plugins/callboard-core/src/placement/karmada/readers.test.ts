import { listMismatches } from './matchesAffinity';
import { readKarmadaClusters } from './readKarmadaClusters';
import { readKarmadaPolicy } from './readKarmadaPolicy';
import { readWorkload } from './readWorkload';
import { selectGroups } from './selectGroups';
import { estimateAvailableReplicas } from './estimateAvailableReplicas';

describe('readKarmadaPolicy', () => {
  it.each<[string, unknown, object]>([
    [
      'nothing at all',
      undefined,
      {
        affinities: [],
        tolerations: [],
        spread: [],
        division: { kind: 'duplicated' },
      },
    ],
    [
      'an empty division',
      { replicaScheduling: {} },
      { division: { kind: 'static' } },
    ],
    [
      'duplicated',
      { replicaScheduling: { replicaSchedulingType: 'Duplicated' } },
      { division: { kind: 'duplicated' } },
    ],
    [
      'weights that are empty',
      { replicaScheduling: { weightPreference: {} } },
      { division: { kind: 'static', weights: [] } },
    ],
    [
      'a weight that is no number',
      {
        replicaScheduling: {
          weightPreference: { staticWeightList: [{ weight: 'x' }] },
        },
      },
      { division: { weights: [{ weight: 0 }] } },
    ],
    [
      'several affinities',
      { clusterAffinities: [{ affinityName: 'a' }, {}] },
      {
        affinities: [
          { affinityName: 'a', clusterNames: [], exclude: [] },
          { clusterNames: [], exclude: [] },
        ],
      },
    ],
    [
      'a field selector',
      {
        clusterAffinity: {
          fieldSelector: {
            matchExpressions: [
              { key: 'region', operator: 'Exists' },
              'nonsense',
            ],
          },
        },
      },
      {
        affinities: [
          {
            fieldSelector: [
              { key: 'region', operator: 'Exists', values: [] },
              { key: '', operator: '', values: [] },
            ],
          },
        ],
      },
    ],
    [
      'a spread without numbers',
      { spreadConstraints: [{}] },
      { spread: [{ field: 'cluster', minGroups: 1, maxGroups: 0 }] },
    ],
    [
      'a spread over a label',
      { spreadConstraints: [{ spreadByLabel: 'rack', maxGroups: 2 }] },
      { spread: [{ field: '', minGroups: 1, maxGroups: 2 }] },
    ],
  ])('reads %s', (_, placement, expected) => {
    expect(readKarmadaPolicy({ placement })).toMatchObject(expected);
  });
});

describe('readKarmadaClusters', () => {
  it('reads what is there, and nothing of others', () => {
    const apiVersion = 'cluster.karmada.io/v1alpha1';
    const clusters = readKarmadaClusters([
      { apiVersion, kind: 'Cluster' },
      {
        apiVersion,
        kind: 'Cluster',
        metadata: { name: 'a', labels: { x: 'y', n: 1 } },
        spec: { zone: 'z', provider: '', taints: [{}] },
        status: { apiEnablements: [{ resources: [{}] }, 'x'] },
      },
      {
        apiVersion,
        kind: 'Cluster',
        metadata: { name: 'b' },
        spec: { zone: 'z', zones: ['z1', 'z2'] },
      },
      { apiVersion: 'v1', kind: 'Cluster' },
    ]);
    expect(clusters).toMatchObject([
      { name: '', zones: [], deleting: false, taints: [] },
      {
        name: 'a',
        labels: { x: 'y' },
        zones: ['z'],
        provider: undefined,
        taints: [{ key: '', effect: '' }],
      },
      { name: 'b', zones: ['z1', 'z2'] },
    ]);
  });
});

describe('listMismatches', () => {
  const [cluster] = readKarmadaClusters([
    {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { name: 'a', labels: { env: 'prod' } },
      spec: { region: '7', zones: ['z1', 'z2'] },
    },
  ]);
  const fields = (key: string, operator: string, ...values: string[]) => ({
    clusterNames: [],
    exclude: [],
    fieldSelector: [{ key, operator, values }],
  });

  it.each<[string, string, string[], boolean]>([
    ['region', 'In', ['7'], true],
    ['provider', 'In', ['aws'], false],
    ['provider', 'NotIn', ['aws'], true],
    ['region', 'NotIn', ['7'], false],
    ['region', 'NotIn', [], false],
    ['region', 'NotIn', ['no label value!'], false],
    ['region', 'Exists', [], true],
    ['region', 'Exists', ['x'], false],
    ['provider', 'DoesNotExist', [], true],
    ['region', 'DoesNotExist', [], false],
    ['region', 'Gt', ['6'], true],
    ['region', 'Gt', ['7'], false],
    ['region', 'Lt', ['8'], true],
    ['region', 'Lt', ['x'], false],
    ['provider', 'Lt', ['8'], false],
    ['region', 'Like', ['7'], false],
    ['planet', 'Exists', [], false],
    ['zone', 'In', ['z1', 'z2', 'z3'], true],
    ['zone', 'In', ['z1'], false],
    ['zone', 'NotIn', ['z3'], true],
    ['zone', 'NotIn', ['z1'], false],
    ['zone', 'Exists', [], true],
    ['zone', 'DoesNotExist', [], false],
    ['zone', 'Gt', ['1'], false],
  ])('%s %s %j', (key, operator, values, expected) => {
    expect(listMismatches(cluster, fields(key, operator, ...values))).toEqual(
      expected ? [] : ['fields'],
    );
  });

  it('tells every part that fails, and takes a faulty selector for none', () => {
    const affinity = {
      labelSelector: { matchLabels: { env: '-faulty' } },
      clusterNames: ['b'],
      exclude: ['a'],
    };
    expect(listMismatches(cluster, affinity)).toEqual([
      'excluded',
      'labels',
      'names',
    ]);
  });
});

const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

describe('readWorkload', () => {
  const containers = [
    { resources: { requests: { cpu: '250m', memory: '1Mi', x: 'nonsense' } } },
    { resources: { requests: { cpu: '1' } } },
    'nonsense',
  ];
  it.each<[string, object | undefined, number | undefined, object]>([
    ['nothing', undefined, undefined, { replicas: 0, requests: {} }],
    ['a number alone', undefined, 3, { replicas: 3 }],
    [
      'a deployment without a number',
      { apiVersion: 'apps/v1', kind: 'Deployment', spec: {} },
      undefined,
      { replicas: 1 },
    ],
    [
      'a number that wins',
      { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { replicas: 2 } },
      5,
      { replicas: 5 },
    ],
    [
      'a replica set',
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', spec: { replicas: 4 } },
      undefined,
      { replicas: 4 },
    ],
    ...[
      [{}, false],
      [{ containers: [{ resources: { requests: { cpu: '0' } } }] }, false],
      [{ containers }, true],
      [{ nodeSelector: {} }, true],
      [{ tolerations: [{}] }, true],
      [{ affinity: { nodeAffinity: { [REQUIRED]: {} } } }, true],
      [{ affinity: { podAffinity: { [REQUIRED]: [] } } }, false],
    ].map(([spec, asksOfNodes]): [string, object, undefined, object] => [
      `what ${JSON.stringify(spec)} asks of nodes`,
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        spec: { replicas: 0, template: { spec } },
      },
      undefined,
      { replicas: 0, asksOfNodes },
    ]),
    [
      'a deployment of another group',
      { apiVersion: 'x.io/v1', kind: 'Deployment', spec: { replicas: 4 } },
      undefined,
      { replicas: 0 },
    ],
    [
      'a job',
      { apiVersion: 'batch/v1', kind: 'Job', spec: { parallelism: 3 } },
      undefined,
      { replicas: 3 },
    ],
    [
      'a job that ends earlier',
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        spec: { parallelism: 3, completions: 2 },
      },
      undefined,
      { replicas: 2 },
    ],
    [
      'a pod',
      { apiVersion: 'v1', kind: 'Pod', spec: { containers } },
      undefined,
      { replicas: 1, requests: { cpu: 1250, memory: 1048576 } },
    ],
    [
      'limits where nothing is requested',
      {
        apiVersion: 'v1',
        kind: 'Pod',
        spec: {
          containers: [
            {
              resources: {
                limits: { cpu: '2', memory: '4' },
                requests: { cpu: '1' },
              },
            },
          ],
          initContainers: [{ resources: { limits: { gpu: 1 } } }],
        },
      },
      undefined,
      { requests: { cpu: 1000, memory: 4, gpu: 1 } },
    ],
    [
      'what has no replicas',
      { kind: 'ConfigMap' },
      undefined,
      { replicas: 0, requests: {} },
    ],
    [
      'init containers and overhead',
      {
        kind: 'Deployment',
        spec: {
          template: {
            spec: {
              containers,
              initContainers: [
                { resources: { requests: { cpu: '2', gpu: 1 } } },
              ],
              overhead: { cpu: '10m', pods: 1 },
            },
          },
        },
      },
      undefined,
      { requests: { cpu: 2010, memory: 1048576, gpu: 1, pods: 1 } },
    ],
  ])('reads %s', (_, document, replicas, expected) => {
    expect(
      readWorkload(document as Record<string, unknown> | undefined, replicas),
    ).toMatchObject(expected);
  });
});

describe('estimateAvailableReplicas', () => {
  const capacity = (
    resources: object | undefined,
    requests: Record<string, number>,
  ) =>
    estimateAvailableReplicas(
      { resources } as Parameters<typeof estimateAvailableReplicas>[0],
      {
        replicas: 1,
        requests,
      },
    );
  const of = (allocatable: object, allocated = {}, allocating = {}) => ({
    allocatable,
    allocated,
    allocating,
  });

  it.each<[object | undefined, Record<string, number>, number]>([
    [undefined, {}, 0],
    [of({}), {}, 0],
    [of({ pods: 5 }, { pods: 7 }), {}, 0],
    [of({ pods: 5 }), { cpu: 0 }, 5],
    [of({ pods: 5, cpu: '1' }), { cpu: 300 }, 3],
    [
      of({ pods: 5, cpu: '1' }, { cpu: '700m' }, { cpu: '200m' }),
      { cpu: 50 },
      2,
    ],
    [of({ pods: 5, cpu: '1' }, { cpu: '2' }), { cpu: 50 }, 0],
    [of({ pods: 5, memory: 'nonsense' }), { memory: 1 }, 0],
    [of({ pods: 5, memory: '10' }), { memory: 3 }, 3],
  ])('%j for %j is %d', (resources, requests, expected) => {
    expect(capacity(resources, requests)).toBe(expected);
  });
});

describe('estimateAvailableReplicas by the sizes of nodes', () => {
  const sizes: Array<[number, string, string]> = [
    [5, '0', '0'],
    [3, '1', '4Gi'],
    [2, '4', '16Gi'],
  ];
  const [known, unknown] = readKarmadaClusters(
    [sizes.map(([count]) => ({ count })), undefined].map(
      allocatableModelings => ({
        apiVersion: 'cluster.karmada.io/v1alpha1',
        kind: 'Cluster',
        spec: {
          resourceModels: sizes.map(([, cpu, memory]) => ({
            ranges: [
              { name: 'cpu', min: cpu },
              { name: 'memory', min: memory },
            ],
          })),
        },
        status: {
          resourceSummary: {
            allocatable: { pods: 20, cpu: '64', memory: '1Ti' },
            allocatableModelings,
          },
        },
      }),
    ),
  );

  it.each<[Record<string, number>, number]>([
    [{}, 20], // nothing requested: nothing to fit
    [{ cpu: 1000 }, 11], // 3 nodes of one each, 2 of four
    [{ cpu: 1500 }, 4],
    [{ cpu: 3000 }, 2],
    [{ cpu: 500 }, 20], // 6 + 16, but only 20 pods
    [{ cpu: 5000 }, 0], // no node is that large
    [{ cpu: 1000, memory: 5 * 2 ** 30 }, 6],
    [{ cpu: 0, memory: 2 ** 34 }, 2],
    [{ gpu: 1 }, 0], // grades say nothing of it, and the sums have none
  ])('%j: %d', (requests, expected) => {
    expect(estimateAvailableReplicas(known, { replicas: 1, requests })).toBe(
      expected,
    );
  });

  it('goes by the sums where nodes are not counted', () => {
    const workload = { replicas: 1, requests: { cpu: 5000 } };
    expect(estimateAvailableReplicas(unknown, workload)).toBe(12);
  });
});

describe('selectGroups', () => {
  const group = (name: string, value: number, weight: number) => ({
    name,
    value,
    weight,
  });
  it.each<
    [
      string,
      ReturnType<typeof group>[],
      { least: number; most: number; target: number },
      string,
    ]
  >([
    ['none', [], { least: 1, most: 2, target: 1 }, ''],
    [
      'the heaviest that suffices',
      [group('a', 2, 10), group('b', 3, 20), group('c', 6, 5)],
      { least: 1, most: 1, target: 3 },
      'b',
    ],
    [
      'as many as are wanted',
      [group('a', 2, 10), group('b', 3, 20), group('c', 6, 5)],
      { least: 2, most: 2, target: 7 },
      'b c',
    ],
    [
      'ties by value',
      [group('a', 2, 10), group('b', 3, 10)],
      { least: 1, most: 1, target: 1 },
      'b',
    ],
    [
      'ties by name',
      [group('b', 2, 10), group('a', 2, 10)],
      { least: 1, most: 1, target: 1 },
      'a',
    ],
    [
      'its own beginning is enough',
      [group('a', 1, 30), group('b', 1, 20), group('c', 5, 10)],
      { least: 2, most: 3, target: 2 },
      'a b',
    ],
    [
      'nothing suffices',
      [group('a', 1, 1)],
      { least: 1, most: 1, target: 9 },
      '',
    ],
  ])('%s', (_, groups, limits, expected) => {
    expect(
      selectGroups(groups, limits)
        .map(({ name }) => name)
        .join(' '),
    ).toBe(expected);
  });

  it('ends also where a policy asks for the impossible', () => {
    const many = Array.from({ length: 40 }, (_, index) =>
      group(`g${index}`, 1, index),
    );
    expect(
      selectGroups(many, { least: 20, most: 20, target: 20 }),
    ).toHaveLength(20);
    expect(selectGroups(many, { least: 20, most: 20, target: 21 })).toEqual([]);
    expect(selectGroups(many, { least: 41, most: 50, target: 1 })).toEqual([]);
  });
});
