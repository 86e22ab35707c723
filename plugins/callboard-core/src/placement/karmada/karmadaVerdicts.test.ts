import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { describePlacementReason, describeRemedy } from '../sentences';
import { decideKarmadaPolicy } from './decideKarmadaPolicy';
import { listMismatches } from './matchesAffinity';
import { selectGroups } from './selectGroups';
import type {
  ClusterAffinity,
  FieldRequirement,
  KarmadaCluster,
  KarmadaInput,
  KarmadaPlacement,
} from './types';

function cluster(
  name: string,
  pods: number,
  known: Partial<KarmadaCluster> = {},
): KarmadaCluster {
  return {
    name,
    labels: {},
    taints: [],
    zones: [],
    deleting: false,
    apis: new Set(),
    resources: { allocatable: { pods }, allocated: {}, allocating: {} },
    ...known,
  };
}

function decide(
  clusters: KarmadaCluster[],
  {
    replicas = 0,
    previous = {},
    ...placement
  }: Partial<KarmadaPlacement> & {
    replicas?: number;
    previous?: Record<string, number>;
  } = {},
): PlacementDecision {
  const input: KarmadaInput = {
    placement: {
      affinities: [],
      tolerations: [],
      spread: [],
      division: { kind: 'dynamic' },
      ...placement,
    },
    workload: { replicas, requests: {} },
    clusters,
    previous: Object.entries(previous).map(([name, held]) => ({
      name,
      replicas: held,
    })),
  };
  return decideKarmadaPolicy(input);
}

/** What a person reads of every cluster. */
function read({ verdicts }: PlacementDecision): Record<string, string[]> {
  return Object.fromEntries(
    verdicts.map(({ cluster: name, verdict, reasons, remedy, ...rest }) => [
      name,
      [
        'score' in rest && rest.score ? `${verdict} by ${rest.score}` : verdict,
        ...reasons.map(describePlacementReason),
        ...(remedy ? [`→ ${describeRemedy(remedy)}`] : []),
      ],
    ]),
  );
}

const names = (...clusterNames: string[]): ClusterAffinity => ({
  clusterNames,
  exclude: [],
});
const byCluster = (minGroups: number, maxGroups: number) => ({
  field: 'cluster',
  minGroups,
  maxGroups,
});
const byRegion = (minGroups: number, maxGroups: number) => ({
  field: 'region',
  minGroups,
  maxGroups,
});

describe('a verdict on a policy of Karmada', () => {
  it('tells of shares, of who got none, and of who was not selected', () => {
    const clusters = [
      cluster('a', 18),
      cluster('b', 3),
      cluster('c', 0),
      cluster('d', 0),
    ];
    const decision = decide(clusters, {
      replicas: 3,
      previous: { a: 1 },
      spread: [byCluster(1, 3)],
    });
    expect(read(decision)).toEqual({
      a: [
        'chosen by 100',
        'Already runs here and stays',
        'It takes 3 replicas; it had capacity for 18',
      ],
      b: ['spare', 'It was selected, but all replicas went elsewhere'],
      c: ['spare', 'It was selected, but has no capacity left'],
      d: ['spare', 'It fits, but the spread constraints took others'],
    });
    expect(
      decision.verdicts.map(({ reasons }) => reasons.at(-1)!.facts),
    ).toEqual([
      { replicas: 3, capacity: 18 },
      { capacity: 3 },
      { capacity: 0 },
      { capacity: 0 },
    ]);
  });

  it('tells what fits where nothing is counted', () => {
    const decision = decide(
      [cluster('a', 1), cluster('b', 0), cluster('c', 1)],
      {
        previous: { b: 2 },
        spread: [byCluster(1, 2)],
      },
    );
    expect(read(decision)).toEqual({
      a: ['chosen', 'It meets every rule'],
      b: [
        'chosen by 100',
        'Already runs here and stays',
        'It meets every rule',
      ],
      c: ['spare', 'It fits, but the spread constraints took others'],
    });
    expect(decision.verdicts[2].reasons[0].facts).toEqual({});
    expect(decision.verdicts[0]).not.toHaveProperty('replicas');
  });

  it('tells what is scaled down where it does not fit any more', () => {
    const clusters = [cluster('a', 1), cluster('b', 1)];
    expect(
      read(
        decide(clusters, {
          replicas: 4,
          previous: { a: 8, b: 4, gone: 4 },
          affinities: [names('a')],
        }),
      ),
    ).toEqual({
      a: [
        'chosen by 100',
        'Already runs here and stays',
        'It takes 2 replicas; it had capacity for 1',
      ],
      b: [
        'chosen',
        'It does not fit any more, and keeps 1 replica of what it has',
        'The policy does not name it',
      ],
      gone: [
        'chosen',
        'It does not fit any more, and keeps 1 replica of what it has',
      ],
    });
  });

  it('tells who is refused, and what would help', () => {
    const clusters = [
      cluster('a', 1, { deleting: true }),
      cluster('b', 1, {
        taints: [
          { key: 'x', effect: 'NoSchedule' },
          { key: 'x', effect: 'NoExecute' },
          { key: 'y', value: 'z', effect: 'PreferNoSchedule' },
        ],
      }),
      cluster('c', 1),
    ];
    expect(
      read(decide(clusters, { affinities: [names('b', 'c', 'a')] })),
    ).toEqual({
      a: ['refused', 'It is being deleted'],
      b: [
        'refused',
        'Reserved for others: taint x (NoSchedule)',
        'Reserved for others: taint x (NoExecute)',
        '→ Tolerate taint x in the placement',
      ],
      c: ['chosen', 'It meets every rule'],
    });
    expect(
      read(
        decide(clusters, {
          affinities: [{ clusterNames: ['b'], exclude: ['c'] }],
        }),
      ).c,
    ).toEqual([
      'refused',
      'The policy excludes it by name',
      'The policy does not name it',
      '→ No longer exclude c in the policy and name c in the policy',
    ]);
  });

  it('takes the first affinity that works', () => {
    const named = (affinityName: string, ...clusterNames: string[]) => ({
      affinityName,
      clusterNames,
      exclude: [],
    });
    const { chosen, notes, satisfied } = decide(
      [cluster('a', 1), cluster('b', 1), cluster('c', 1)],
      {
        affinities: [
          named('none', 'x'),
          named('good', 'b'),
          named('late', 'c'),
        ],
      },
    );
    expect([satisfied, chosen]).toEqual([true, ['b']]);
    expect(notes.map(describePlacementReason)).toEqual([
      'Affinity good was taken',
    ]);
  });
});

describe('regions are chosen', () => {
  const region = (name: string, ...pods: number[]) =>
    pods.map((capacity, index) =>
      cluster(`${name}-${index}`, capacity, { region: name }),
    );
  const one = [byRegion(1, 1), byCluster(1, 9)];
  const duplicated = { division: { kind: 'duplicated' as const }, spread: one };

  it.each<[string, KarmadaCluster[], Parameters<typeof decide>[1], string[]]>([
    [
      'by how many clusters hold every copy',
      [...region('eu', 5, 1, 1), ...region('us', 5, 5)],
      { ...duplicated, replicas: 5 },
      ['us-0', 'us-1'],
    ],
    [
      'never where none does',
      [...region('eu', 1, 1, 1), ...region('us', 5)],
      { ...duplicated, replicas: 5 },
      ['us-0'],
    ],
    [
      'where it is already, of equal ones',
      [...region('eu', 5), ...region('us', 5)],
      { ...duplicated, replicas: 5, previous: { 'us-0': 5 } },
      ['us-0'],
    ],
    [
      'by clusters before what is there already',
      [...region('eu', 9, 9, 9, 9), ...region('us', 9, 9, 9, 9, 9)],
      {
        ...duplicated,
        replicas: 5,
        previous: { 'eu-0': 1, 'eu-1': 1, 'eu-2': 1, 'eu-3': 1 },
      },
      ['us-0', 'us-1', 'us-2', 'us-3', 'us-4'],
    ],
    [
      'by their share before what is there already',
      [...region('eu', 2), ...region('us', 5)],
      { spread: one, replicas: 5, previous: { 'eu-0': 1 } },
      ['us-0'],
    ],
    [
      'by what is there already among those that hold their share',
      [...region('eu', 100), ...region('us', 9)],
      { spread: one, replicas: 5, previous: { 'us-0': 1 } },
      ['us-0'],
    ],
    [
      'by the clusters that hold the share, not by all',
      [...region('eu', 1, 1, 2), ...region('us', 6, 1)],
      {
        spread: one,
        replicas: 6,
        previous: { 'eu-0': 1, 'eu-1': 1, 'us-0': 1 },
      },
      ['us-0', 'us-1'],
    ],
    [
      'with the best cluster of each first, then the best of all',
      [...region('eu', 1, 8, 3), ...region('us', 9, 7, 2)],
      { spread: [byRegion(2, 2), byCluster(1, 4)], replicas: 20 },
      ['eu-1', 'eu-2', 'us-0', 'us-1'],
    ],
  ])('%s', (_, clusters, question, expected) => {
    expect(decide(clusters, question).chosen).toEqual(expected);
  });

  it('need a minimum', () => {
    const { notes } = decide(region('eu', 5, 5), { spread: [byRegion(2, 3)] });
    expect(notes.map(describePlacementReason)).toEqual([
      'The engine refuses: 1 region fits, at least 2 are wanted',
    ]);
  });
});

describe('groups are selected', () => {
  const group = (name: string, value: number, weight: number) => ({
    name,
    value,
    weight,
  });
  it.each<
    [string, ReturnType<typeof group>[], [number, number, number], string[]]
  >([
    [
      'a beginning of the best where it suffices',
      [group('a', 1, 1), group('b', 1, 2), group('c', 2, 5)],
      [1, 2, 2],
      ['c'],
    ],
    [
      'the heaviest, whatever is found first',
      [group('a', 1, 1), group('b', 1, 2), group('c', 1, 5)],
      [2, 2, 2],
      ['c', 'b'],
    ],
    [
      'the first of equal ones',
      [group('c', 1, 1), group('b', 1, 1), group('a', 1, 1)],
      [2, 2, 2],
      ['a', 'b'],
    ],
    [
      'the larger of equal weight',
      [group('a', 1, 4), group('b', 3, 4)],
      [1, 1, 1],
      ['b'],
    ],
    ['none of too few', [group('a', 1, 1)], [2, 3, 1], []],
    ['none of too little', [group('a', 1, 1), group('b', 1, 1)], [1, 2, 3], []],
  ])('%s', (_, groups, [least, most, target], expected) => {
    expect(
      selectGroups(groups, { least, most, target }).map(({ name }) => name),
    ).toEqual(expected);
  });
});

describe('fields of a cluster', () => {
  const here = cluster('c', 1, {
    provider: 'aws',
    region: '12',
    zones: ['a', 'b'],
  });
  const bare = cluster('c', 1);
  /** On a cluster that says where it is, and on one that does not. */
  it.each<[string, string, string[], boolean, boolean]>([
    ['provider', 'In', ['gcp', 'aws'], true, false],
    ['provider', 'In', ['gcp'], false, false],
    ['provider', 'NotIn', ['gcp'], true, true],
    ['provider', 'NotIn', ['aws'], false, true],
    ['provider', 'NotIn', [], false, false],
    ['provider', 'Exists', [], true, false],
    ['provider', 'Exists', ['x'], false, false],
    ['provider', 'DoesNotExist', [], false, true],
    ['provider', 'DoesNotExist', ['x'], false, false],
    ['provider', 'Like', ['aws'], false, false],
    ['provider', 'In', ['aws', '-not a value-'], false, false],
    ['provider', 'Gt', ['11'], false, false],
    ['region', 'Gt', ['11'], true, false],
    ['region', 'Gt', ['12'], false, false],
    ['region', 'Gt', ['1x'], false, false],
    ['region', 'Gt', ['x1'], false, false],
    ['region', 'Gt', [], false, false],
    ['region', 'Gt', ['11', '11'], false, false],
    ['region', 'Lt', ['13'], true, false],
    ['region', 'Lt', ['12'], false, false],
    ['region', 'Lt', ['9'], false, false],
    ['name', 'Exists', [], false, false],
    ['name', 'DoesNotExist', [], true, true],
    ['zone', 'In', ['a', 'b', 'c'], true, false],
    ['zone', 'In', ['a'], false, false],
    ['zone', 'NotIn', ['c'], true, true],
    ['zone', 'NotIn', ['c', 'b'], false, true],
    ['zone', 'Exists', [], true, false],
    ['zone', 'DoesNotExist', [], false, true],
    ['zone', 'Gt', ['1'], false, false],
  ])('%s %s %j', (key, operator, values, holds, holdsBare) => {
    const fieldSelector: FieldRequirement[] = [{ key, operator, values }];
    const affinity = { clusterNames: [], exclude: [], fieldSelector };
    expect(
      [here, bare].map(known => listMismatches(known, affinity).length === 0),
    ).toEqual([holds, holdsBare]);
  });

  it('match by labels only as far as Kubernetes takes the selector', () => {
    const labelled = cluster('c', 1, { labels: { a: 'x' } });
    const mismatches = (values: string[]) =>
      listMismatches(labelled, {
        clusterNames: [],
        exclude: [],
        labelSelector: {
          matchExpressions: [{ key: 'a', operator: 'In', values }],
        },
      });
    expect(mismatches(['x'])).toEqual([]);
    expect(mismatches(['y'])).toEqual(['labels']);
    expect(mismatches(['x', '-not a value-'])).toEqual(['labels']);
  });
});
