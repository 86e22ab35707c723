import { readPlacementRemedy } from '@callboard/plugin-callboard-common';
import { applyKarmadaChange } from './applyKarmadaChange';
import { countByGrades } from './countByGrades';
import { readKarmadaClusters } from './readKarmadaClusters';
import { readDivision, readKarmadaPolicy } from './readKarmadaPolicy';
import { readWorkload } from './readWorkload';
import type { KarmadaInput } from './types';

const document = {
  apiVersion: 'cluster.karmada.io/v1alpha1',
  kind: 'Cluster',
  metadata: {
    name: 'eu-1',
    labels: { env: 'prod', odd: 5 },
    deletionTimestamp: '2026-11-20T11:00:00Z',
  },
  spec: {
    provider: 'aws',
    region: 'eu',
    zones: ['a', 'b'],
    zone: 'old',
    taints: [{ key: 'x', value: 'y', effect: 'NoSchedule' }, 'odd'],
    resourceModels: [
      { grade: 0, ranges: [{ name: 'cpu', min: '0', max: '1' }] },
      {
        grade: 1,
        ranges: [
          { name: 'cpu', min: '1', max: '2' },
          { name: 'memory', min: '4Gi', max: '8Gi' },
        ],
      },
    ],
  },
  status: {
    apiEnablements: [
      {
        groupVersion: 'apps/v1',
        resources: [{ kind: 'Deployment' }, { kind: 'StatefulSet' }, {}],
      },
      { resources: [{ kind: 'Pod' }] },
    ],
    resourceSummary: {
      allocatable: { pods: '10' },
      allocated: { pods: '1' },
      allocating: { pods: '2' },
      allocatableModelings: [{ grade: 0, count: 3 }, {}],
    },
  },
};

describe('documents of Karmada', () => {
  it('tell all that is known of a cluster', () => {
    expect(readKarmadaClusters([document])).toStrictEqual([
      {
        name: 'eu-1',
        labels: { env: 'prod' },
        taints: [
          { key: 'x', value: 'y', effect: 'NoSchedule' },
          { key: '', value: undefined, effect: '' },
        ],
        provider: 'aws',
        region: 'eu',
        zones: ['a', 'b'],
        deleting: true,
        apis: new Set([
          'apps/v1 Deployment',
          'apps/v1 StatefulSet',
          'apps/v1 ',
          ' Pod',
        ]),
        resources: {
          allocatable: { pods: '10' },
          allocated: { pods: '1' },
          allocating: { pods: '2' },
        },
        grades: [
          { least: { cpu: '0' }, count: 3 },
          { least: { cpu: '1', memory: '4Gi' }, count: 0 },
        ],
      },
    ]);
  });

  it('may tell next to nothing', () => {
    const bare = {
      apiVersion: 'cluster.karmada.io/v1alpha1',
      kind: 'Cluster',
      metadata: { deletionTimestamp: null },
      spec: { zone: 'z', region: '', provider: '' },
      status: { resourceSummary: {} },
    };
    expect(readKarmadaClusters([bare])).toStrictEqual([
      {
        name: '',
        labels: {},
        taints: [],
        provider: undefined,
        region: undefined,
        zones: ['z'],
        deleting: false,
        apis: new Set(),
        resources: { allocatable: {}, allocated: {}, allocating: {} },
      },
    ]);
    expect(
      readKarmadaClusters([
        { ...bare, kind: 'ClusterPropagationPolicy' },
        { ...bare, apiVersion: 'cluster.x-k8s.io/v1beta1' },
      ]),
    ).toEqual([]);
  });

  it.each<[string, unknown, object]>([
    ['nothing', undefined, { kind: 'duplicated' }],
    [
      'duplicated',
      {
        replicaSchedulingType: 'Duplicated',
        replicaDivisionPreference: 'Aggregated',
      },
      { kind: 'duplicated' },
    ],
    [
      'aggregated',
      { replicaDivisionPreference: 'Aggregated' },
      { kind: 'aggregated' },
    ],
    ['no weights', {}, { kind: 'static' }],
    [
      'free capacity',
      { weightPreference: { dynamicWeight: 'AvailableReplicas' } },
      { kind: 'dynamic' },
    ],
    [
      'weights',
      {
        weightPreference: {
          staticWeightList: [
            { targetCluster: { clusterNames: ['a'] }, weight: 2 },
            {},
          ],
        },
      },
      {
        kind: 'static',
        weights: [
          { target: { clusterNames: ['a'], exclude: [] }, weight: 2 },
          { target: { clusterNames: [], exclude: [] }, weight: 0 },
        ],
      },
    ],
  ])('divide by %s', (_, value, expected) => {
    expect(readDivision(value)).toStrictEqual(expected);
  });

  it('select fields without values too', () => {
    expect(
      readKarmadaPolicy({
        placement: {
          clusterAffinities: [
            {
              affinityName: 'one',
              fieldSelector: {
                matchExpressions: [{ key: 'region', operator: 'Exists' }],
              },
            },
          ],
        },
      }).affinities,
    ).toStrictEqual([
      {
        affinityName: 'one',
        fieldSelector: [{ key: 'region', operator: 'Exists', values: [] }],
        clusterNames: [],
        exclude: [],
      },
    ]);
  });

  it.each<[string, object, number]>([
    [
      'a StatefulSet',
      { apiVersion: 'apps/v1', kind: 'StatefulSet', spec: { replicas: 3 } },
      3,
    ],
    [
      'one that says nothing',
      { apiVersion: 'apps/v1', kind: 'StatefulSet' },
      1,
    ],
    ['a Pod', { apiVersion: 'v1', kind: 'Pod' }, 1],
    ['no kind', { spec: { replicas: 3 } }, 0],
  ])('place the replicas of %s', (_, workload, replicas) => {
    expect(readWorkload({ ...workload }).replicas).toBe(replicas);
  });

  it('call nothing what has no name', () => {
    const { apiVersion, kind, requests } = readWorkload({
      spec: {
        template: {
          spec: {
            containers: [
              { resources: { requests: { cpu: '1', disk: 'much' } } },
            ],
          },
        },
      },
    });
    expect([apiVersion, kind, requests]).toEqual(['', '', { cpu: 1000 }]);
  });

  it.each<[string, Record<string, number>, number | undefined]>([
    ['nothing', {}, undefined],
    ['none of it', { cpu: 0 }, undefined],
    ['what no grade tells of', { disk: 1 }, undefined],
    ['half a core', { cpu: 500 }, 5 * 2 + 2 * 8],
    ['a core', { cpu: 1000 }, 5 + 2 * 4],
    ['three cores', { cpu: 3000 }, 2],
    ['more than any', { cpu: 9000 }, 0],
    ['memory that only large nodes tell of', { memory: 1024 ** 3 }, 2 * 8],
    ['both', { cpu: 1000, memory: 4 * 1024 ** 3 }, 2 * 2],
    ['both, one of them none', { cpu: 1000, memory: 0 }, 5 + 2 * 4],
  ])('count what nodes hold of %s', (_, requests, expected) => {
    expect(
      countByGrades(
        [
          { least: { cpu: '0' }, count: 100 },
          { least: { cpu: '1' }, count: 5 },
          { least: { cpu: '4', memory: '8Gi' }, count: 2 },
        ],
        { replicas: 1, requests },
      ),
    ).toBe(expected);
  });
});

describe('a change of a policy of Karmada', () => {
  const known = readKarmadaClusters([
    { ...document, metadata: { name: 'a', labels: { old: 'x', env: 'qa' } } },
    { ...document, metadata: { name: 'b' } },
  ]);
  const input: KarmadaInput = {
    placement: {
      affinities: [
        {
          clusterNames: ['b'],
          exclude: ['a', 'z'],
          fieldSelector: [{ key: 'region', operator: 'Exists', values: [] }],
        },
      ],
      tolerations: [{ key: 'k', operator: 'Exists' }],
      spread: [],
      division: { kind: 'duplicated' },
    },
    workload: { replicas: 0, requests: {} },
    clusters: known,
    previous: [],
  };
  const [affinity] = input.placement.affinities;
  const withAffinity = (change: object): KarmadaInput => ({
    ...input,
    placement: { ...input.placement, affinities: [{ ...affinity, ...change }] },
  });
  const withCluster = (change: object): KarmadaInput => ({
    ...input,
    clusters: [{ ...known[0], ...change }, known[1]],
  });

  it.each<[string, Record<string, string>, KarmadaInput]>([
    [
      'set-label',
      { key: 'env', value: 'prod' },
      withCluster({ labels: { old: 'x', env: 'prod' } }),
    ],
    ['remove-label', { key: 'old' }, withCluster({ labels: { env: 'qa' } })],
    ['set-field', { field: 'zone' }, withCluster({ zones: ['somewhere'] })],
    ['set-field', { field: 'region' }, withCluster({ region: 'somewhere' })],
    [
      'serve-api',
      { apiVersion: 'v1', kind: 'Pod' },
      withCluster({ apis: new Set([...known[0].apis, 'v1 Pod']) }),
    ],
    [
      'tolerate',
      { key: 'x' },
      {
        ...input,
        placement: {
          ...input.placement,
          tolerations: [
            { key: 'k', operator: 'Exists' },
            { key: 'x', operator: 'Exists' },
          ],
        },
      },
    ],
    ['no-longer-exclude', { cluster: 'a' }, withAffinity({ exclude: ['z'] })],
    [
      'name-cluster',
      { cluster: 'a' },
      withAffinity({ clusterNames: ['b', 'a'] }),
    ],
    ['drop-field-selector', {}, withAffinity({ fieldSelector: undefined })],
  ])('%s %j', (rule, facts, expected) => {
    const change = readPlacementRemedy({ rule, facts });
    expect(applyKarmadaChange(input, 'a', change)).toEqual(expected);
    expect(
      applyKarmadaChange(input, 'a', change).placement.affinities[0],
    ).toEqual(expected.placement.affinities[0]);
  });
});
