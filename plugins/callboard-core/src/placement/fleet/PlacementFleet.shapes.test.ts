import type {
  ClusterFacts,
  PlacementSpec,
  SpreadConstraint,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from '../decidePlacement';
import type { FleetApp } from './FleetApp';
import { PlacementFleet } from './PlacementFleet';
import { sharedPrioritizers } from './sharedPrioritizers';

const NOW = new Date('2026-11-20T12:00:00Z');

function cluster(
  name: string,
  known: Partial<ClusterFacts> = {},
): ClusterFacts {
  return {
    name,
    labels: { region: name.slice(0, 2) },
    claims: { zone: name.slice(-1) },
    taints: [],
    freshness: 'live',
    ...known,
  };
}

function app(spec: PlacementSpec, known: Partial<FleetApp> = {}): FleetApp {
  return { name: 'shop', spec, previous: [], ...known };
}

const over = (
  topologyKey: string,
  rest: Partial<SpreadConstraint> = {},
): PlacementSpec => ({
  spreadPolicy: {
    spreadConstraints: [{ topologyKey, topologyKeyType: 'Label', ...rest }],
  },
});
const hard = { whenUnsatisfiable: 'DoNotSchedule' as const };
const byLatency: PlacementSpec = {
  prioritizerPolicy: {
    configurations: [
      {
        scoreCoordinate: {
          type: 'AddOn',
          addOn: { resourceName: 'net', scoreName: 'latency' },
        },
        weight: 2,
      },
    ],
  },
};
const by = (builtIn: string, weight?: number): PlacementSpec => ({
  prioritizerPolicy: {
    configurations: [{ scoreCoordinate: { type: 'BuiltIn', builtIn }, weight }],
  },
});
const latency = (value: number) => ({ scores: { 'net/latency': value } });

/** Four regions of unequal size, more clusters than a word of a set holds, names not in order. */
const FLEET: ClusterFacts[] = [
  ...Array.from({ length: 30 }, (_, at) => cluster(`eu-${at % 10}${at}`)),
  cluster('us-1', latency(50)),
  cluster('us-0', latency(50)),
  cluster('us-2', latency(-20)),
  cluster('ap-1', { draining: true }),
  cluster('ap-0'),
  cluster('none', { labels: {} }),
  cluster('me-1', { cordoned: true }),
  cluster('me-2', { clusterSet: 'gold' }),
  cluster('me-3', { taints: [{ key: 'team', effect: 'NoSelect' }] }),
  cluster('me-4', {
    blueprint: { name: 'pci', version: 1, state: 'active', inherits: [] },
    taints: [
      { key: 'callboard.dev/blueprint', value: 'pci', effect: 'NoSelect' },
    ],
  }),
  cluster('me-5', { free: { pods: 0, cpuMillicores: 9 } }),
  cluster('me-7', { free: { pods: 9, cpuMillicores: 0 } }),
  cluster('me-8', { taints: [{ key: 'gpu', effect: 'NoSelect' }] }),
  cluster('me-6', {
    capacity: { cpuMillicores: 2000 },
    allocatable: { cpuMillicores: 2000 },
  }),
];

/** What the reason is called of a law that gives several. */
const LAWS: Record<string, string> = {
  'required-labels': 'required-selectors',
  'not-draining': 'not-cordoned',
};

type Answer = { chosen: string[]; verdicts: Record<string, unknown> };

function kept(fleet: PlacementFleet, { name }: FleetApp): Answer {
  return {
    chosen: fleet.chosenFor(name),
    verdicts: Object.fromEntries(
      FLEET.map(({ name: of }) => [of, fleet.verdictOf(name, of)]),
    ),
  };
}

function fromScratch(one: FleetApp, clusters: ClusterFacts[]): Answer {
  const { chosen, verdicts } = decidePlacement({ ...one, clusters }, NOW);
  return {
    chosen,
    verdicts: Object.fromEntries(
      verdicts.map(({ cluster: name, verdict, reasons }) => {
        const rules = reasons.map(({ rule }) => LAWS[rule] ?? rule);
        return [
          name,
          { verdict, rules: verdict === 'refused' ? [...new Set(rules)] : [] },
        ];
      }),
    ),
  };
}

const SHAPES: Array<[string, FleetApp]> = [
  ['all that fit', app({})],
  ['none', app({ numberOfClusters: 0 })],
  ['a few', app({ numberOfClusters: 3 })],
  ['more than there are', app({ numberOfClusters: 99 })],
  [
    'where it runs',
    app({ numberOfClusters: 2 }, { previous: ['us-2', 'gone'] }),
  ],
  [
    'where it runs, the best of it',
    app(
      { numberOfClusters: 2, ...byLatency },
      { previous: ['us-2', 'eu-00', 'us-1', 'us-0'] },
    ),
  ],
  [
    'where it runs, unless it has to leave',
    app({ numberOfClusters: 2 }, { previous: ['ap-1', 'me-1'] }),
  ],
  ['by score', app({ numberOfClusters: 2, ...byLatency })],
  [
    'by score, the other way around',
    app({
      numberOfClusters: 2,
      prioritizerPolicy: {
        configurations: [
          { ...byLatency.prioritizerPolicy!.configurations![0], weight: -2 },
        ],
      },
    }),
  ],
  ['in a cluster set', app({ clusterSets: ['gold'] })],
  [
    'beside a taint',
    app({ tolerations: [{ key: 'team', operator: 'Exists' }] }),
  ],
  ['with a blueprint', app({}, { requires: { blueprint: 'pci' } })],
  ['where there is room', app({}, { needs: { pods: 1 } })],
  ['not yet where it was lost', app({}, { absentFrom: ['me-2', 'us-0'] })],
  ['in another cluster set', app({ clusterSets: ['silver'] })],
  [
    'beside another taint',
    app({ tolerations: [{ key: 'gpu', operator: 'Exists' }] }),
  ],
  ['with another blueprint', app({}, { requires: { blueprint: 'golden' } })],
  ['where there is more room', app({}, { needs: { cpuMillicores: 5 } })],
  ['not yet where another was lost', app({}, { absentFrom: ['us-1'] })],
  ['softly over regions', app({ numberOfClusters: 9, ...over('region') })],
  [
    'softly over regions, one more than even',
    app({ numberOfClusters: 9, ...over('region', { maxSkew: 2 }) }),
  ],
  [
    'softly over what few have',
    app({ numberOfClusters: 99, ...over('nowhere') }),
  ],
  ['strictly over regions', app(over('region', hard))],
  [
    'strictly over regions, by score, beside what runs',
    app(
      { numberOfClusters: 6, ...byLatency, ...over('region', hard) },
      { previous: ['eu-11', 'eu-22'] },
    ),
  ],
  [
    'strictly over regions, two more than even',
    app(over('region', { ...hard, maxSkew: 2 })),
  ],
  [
    'strictly, as if no skew were allowed',
    app(over('region', { ...hard, maxSkew: 0 })),
  ],
  [
    'over claims',
    app({
      numberOfClusters: 12,
      ...over('zone', { ...hard, topologyKeyType: 'Claim' }),
    }),
  ],
  [
    'over regions and over zones',
    app({
      numberOfClusters: 7,
      spreadPolicy: {
        spreadConstraints: [
          { topologyKey: 'region', topologyKeyType: 'Label', ...hard },
          { topologyKey: 'zone', topologyKeyType: 'Claim' },
        ],
      },
    }),
  ],
  [
    'by labels',
    app({
      numberOfClusters: 2,
      predicates: [
        {
          requiredClusterSelector: {
            labelSelector: { matchLabels: { region: 'us' } },
          },
        },
      ],
    }),
  ],
  [
    'asked whole: restless, strictly over regions and zones',
    app({
      ...by('Steady', 0),
      spreadPolicy: {
        spreadConstraints: [
          { topologyKey: 'region', topologyKeyType: 'Label', ...hard },
          { topologyKey: 'zone', topologyKeyType: 'Label', ...hard },
        ],
      },
    }),
  ],
  ['asked whole: restless', app({ numberOfClusters: 2, ...by('Steady', 0) })],
  [
    'asked whole: by what is allocatable',
    app({ numberOfClusters: 2, ...by('ResourceAllocatableCPU') }),
  ],
  [
    'asked whole: balanced with others',
    app({ numberOfClusters: 2 }, { others: { 'eu-00': 3 } }),
  ],
  [
    'asked whole: in decision groups',
    app({
      numberOfClusters: 2,
      decisionStrategy: {
        groupStrategy: { clustersPerDecisionGroup: 'nonsense' },
      },
    }),
  ],
];

describe('PlacementFleet decides as from scratch', () => {
  it.each(SHAPES)('%s', (_, one) => {
    const fleet = new PlacementFleet(FLEET, [one], NOW);
    expect(kept(fleet, one)).toEqual(fromScratch(one, FLEET));
  });

  it.each<[string, ClusterFacts]>([
    ['nothing', cluster('us-0', latency(50))],
    ['a better score', cluster('us-2', latency(90))],
    ['a worse score', cluster('us-1', latency(-90))],
    [
      'more to allocate',
      cluster('us-2', {
        ...latency(-20),
        capacity: { cpuMillicores: 4000 },
        allocatable: { cpuMillicores: 4000 },
      }),
    ],
    ['another region', cluster('us-1', { labels: { region: 'eu' } })],
    ['a new region', cluster('eu-11', { labels: { region: 'xx' } })],
    ['no region any more', cluster('ap-0', { labels: {} })],
    ['a region at last', cluster('none', { labels: { region: 'eu' } })],
    ['drained', cluster('us-2', { draining: true })],
    ['no longer drained', cluster('ap-1')],
    ['drained where it runs', cluster('eu-22', { draining: true })],
  ])('when one cluster changes: %s', (_, changed) => {
    const apps = SHAPES.map(([name, one]) => ({ ...one, name }));
    const fleet = new PlacementFleet(FLEET, apps, NOW);
    const before = apps.map(({ name }) => fleet.chosenFor(name).join());
    const clusters = FLEET.map(known =>
      known.name === changed.name ? changed : known,
    );
    const moved = fleet.updateCluster(changed);
    expect(apps.map(one => kept(fleet, one))).toEqual(
      apps.map(one => fromScratch(one, clusters)),
    );
    expect(moved).toEqual(
      apps
        .map(({ name }) => name)
        .filter((name, at) => fleet.chosenFor(name).join() !== before[at])
        .sort(),
    );
  });

  it('knows no verdict on a cluster that is not there', () => {
    const apps = [app({}), app({ ...by('Steady', 0) }, { name: 'whole' })];
    const fleet = new PlacementFleet(FLEET, apps, NOW);
    for (const { name } of apps)
      expect(() => fleet.verdictOf(name, 'gone')).toThrow('no cluster "gone"');
  });
});

describe('scores are shared', () => {
  const exactly = (spec: PlacementSpec): PlacementSpec => ({
    prioritizerPolicy: { mode: 'Exact', ...spec.prioritizerPolicy },
  });
  it.each<[string, FleetApp, string[] | undefined]>([
    ['as a rule, by all but Steady', app({}), ['Balance']],
    ['by an add-on', app(byLatency), ['Balance', 'AddOn/net/latency']],
    [
      'not by what is relative to others',
      app(by('ResourceAllocatableMemory')),
      undefined,
    ],
    ['not where it may move for the better', app(by('Steady', 0)), undefined],
    ['not where it wants to move', app(by('Steady', -1)), undefined],
    ['not where nothing is steady', app(exactly(by('Balance'))), undefined],
    ['by nothing else where all is steady', app(exactly(by('Steady'))), []],
    ['not by a prioritizer nobody knows', app(by('Luck')), undefined],
    ['not where others are counted', app({}, { others: {} }), undefined],
    [
      'not where a selector is faulty',
      app({
        predicates: [
          {
            requiredClusterSelector: {
              labelSelector: {
                matchExpressions: [{ key: 'a', operator: 'In' }],
              },
            },
          },
        ],
      }),
      undefined,
    ],
    [
      'not with decision groups',
      app({ decisionStrategy: { groupStrategy: {} } }),
      undefined,
    ],
    ['not with copies', app({ replicaScheduling: {} }), undefined],
    [
      'with tolerations',
      app({
        tolerations: [
          { key: 'a', value: 'b' },
          { key: 'b', operator: 'Exists' },
        ],
      }),
      ['Balance'],
    ],
    [
      'not with a toleration without a key',
      app({ tolerations: [{ key: 'a' }, { operator: 'Exists' }] }),
      undefined,
    ],
    [
      'not with a toleration of any value of one value',
      app({ tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }),
      undefined,
    ],
  ])('%s', (_, one, expected) => {
    expect(sharedPrioritizers(one)?.map(({ name }) => name)).toEqual(expected);
  });
});
