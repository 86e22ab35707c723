import fc from 'fast-check';
import type {
  ClusterFacts,
  PlacementSpec,
  PrioritizerConfig,
  Taint,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from '../decidePlacement';
import type { FleetApp } from './FleetApp';
import { PlacementFleet } from './PlacementFleet';

const NOW = new Date('2026-11-20T12:00:00Z');
/** Raise it to look harder; `test/load/placementSequences.bench.ts` looks 100,000 times. */
const RUNS = Number(process.env.FLEET_RUNS ?? 50);
const NAMES = Array.from({ length: 40 }, (_, index) => `c${index}`);

const facts: fc.Arbitrary<Omit<ClusterFacts, 'name'>> = fc.record({
  labels: fc.dictionary(
    fc.constantFrom('env', 'region'),
    fc.constantFrom('prod', 'dev', 'eu', 'us'),
  ),
  claims: fc.constantFrom<Record<string, string>>({}, { provider: 'aws' }),
  clusterSet: fc.constantFrom(undefined, 'gold'),
  taints: fc.array(
    fc.record({
      key: fc.constantFrom('team', 'callboard.dev/blueprint'),
      value: fc.constantFrom('pci', ''),
      effect: fc.constantFrom<Taint['effect']>('NoSelect', 'NoSelectIfNew'),
    }),
    { maxLength: 1 },
  ),
  freshness: fc.constantFrom('live', 'live', 'live', 'stale'),
  blueprint: fc.constantFrom(undefined, {
    name: 'pci',
    version: 1,
    state: 'active',
    inherits: ['golden'],
  }),
  cordoned: fc.constantFrom(false, false, true),
  draining: fc.constantFrom(false, false, false, true),
  deleting: fc.constantFrom(false, false, false, false, true),
  free: fc.constantFrom(undefined, { pods: 0 }, { pods: 9 }),
  scores: fc.constantFrom<Record<string, number>>(
    {},
    { 'net/latency': 50 },
    { 'net/latency': -20 },
  ),
  capacity: fc.constantFrom(undefined, { cpuMillicores: 4000 }),
  allocatable: fc.constantFrom(
    undefined,
    { cpuMillicores: 1000 },
    { cpuMillicores: 3000 },
  ),
});

const prioritizers: PrioritizerConfig[] = [
  {
    scoreCoordinate: {
      type: 'AddOn',
      addOn: { resourceName: 'net', scoreName: 'latency' },
    },
    weight: 2,
  },
  { scoreCoordinate: { type: 'BuiltIn', builtIn: 'ResourceAllocatableCPU' } },
  { scoreCoordinate: { type: 'BuiltIn', builtIn: 'Steady' }, weight: 0 },
  { scoreCoordinate: { type: 'BuiltIn', builtIn: 'Nonsense' } },
];

const spec: fc.Arbitrary<PlacementSpec> = fc.record(
  {
    numberOfClusters: fc.integer({ min: 0, max: 5 }),
    clusterSets: fc.subarray(['gold']),
    predicates: fc.array(
      fc.record({
        requiredClusterSelector: fc.record({
          labelSelector: fc.constantFrom(
            {},
            { matchLabels: { env: 'prod' } },
            {
              matchExpressions: [
                { key: 'region', operator: 'Exists' as const },
              ],
            },
            { matchExpressions: [{ key: 'region', operator: 'In' as const }] },
          ),
          celSelector: fc.constantFrom(
            {},
            { celExpressions: ['managedCluster.metadata.name != "c3"'] },
          ),
        }),
      }),
      { maxLength: 2 },
    ),
    tolerations: fc.constantFrom(
      [],
      [{ key: 'team', operator: 'Exists' as const }],
      [{ value: 'nonsense' }],
    ),
    spreadPolicy: fc.record({
      spreadConstraints: fc.array(
        fc.record({
          topologyKey: fc.constantFrom('region', 'env'),
          topologyKeyType: fc.constant('Label' as const),
          maxSkew: fc.integer({ min: 1, max: 2 }),
          whenUnsatisfiable: fc.constantFrom(
            'DoNotSchedule' as const,
            'ScheduleAnyway' as const,
          ),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    }),
    prioritizerPolicy: fc
      .subarray(prioritizers, { maxLength: 1 })
      .map(configurations => ({ configurations })),
  },
  { requiredKeys: [] },
);

const app: fc.Arbitrary<Omit<FleetApp, 'name'>> = fc.record({
  absentFrom: fc.constantFrom(undefined, ['c1', 'c2']),
  spec,
  requires: fc.constantFrom(
    undefined,
    { blueprint: 'golden' },
    { blueprint: 'pci' },
  ),
  needs: fc.constantFrom(undefined, { pods: 1 }),
  instance: fc.constantFrom(undefined, { memoryBytes: 20 }),
  previous: fc.subarray(NAMES.slice(0, 4)),
});

const fleet = fc.record({
  clusters: fc.array(facts, { minLength: 1, maxLength: NAMES.length }),
  apps: fc.array(app, { minLength: 1, maxLength: 6 }),
  changes: fc.array(fc.tuple(fc.nat(), facts), { maxLength: 8 }),
});

describe('PlacementFleet', () => {
  it('decides after any sequence of changes what is decided from scratch, for the same reasons', () => {
    fc.assert(
      fc.property(fleet, ({ clusters, apps, changes }) => {
        const current = clusters.map(
          (known, index): ClusterFacts => ({ name: NAMES[index], ...known }),
        );
        const named = apps.map(
          (known, index): FleetApp => ({ name: `app-${index}`, ...known }),
        );
        const kept = new PlacementFleet(current, named, NOW);
        const check = () => {
          for (const one of named) {
            const scratch = decidePlacement({ ...one, clusters: current }, NOW);
            expect(kept.chosenFor(one.name)).toEqual(scratch.chosen);
            for (const { cluster, verdict } of scratch.verdicts) {
              expect({
                cluster,
                verdict: kept.verdictOf(one.name, cluster).verdict,
              }).toEqual({ cluster, verdict });
            }
          }
        };
        check();
        for (const [at, known] of changes) {
          const index = at % current.length;
          const before = named.map(({ name }) => [
            name,
            kept.chosenFor(name).join(),
          ]);
          current[index] = { name: NAMES[index], ...known };
          const moved = kept.updateCluster(current[index]);
          check();
          expect(moved).toEqual(
            before
              .filter(
                ([name, chosen]) => kept.chosenFor(name).join() !== chosen,
              )
              .map(([name]) => name)
              .sort(),
          );
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('names the laws that refuse, and tells the whole decision', () => {
    const cluster: ClusterFacts = {
      name: 'c0',
      labels: {},
      claims: {},
      taints: [],
      freshness: 'stale',
      cordoned: true,
    };
    const fleetOf = new PlacementFleet(
      [cluster],
      [{ name: 'shop', spec: { numberOfClusters: 1 }, previous: [] }],
      NOW,
    );
    expect(fleetOf.verdictOf('shop', 'c0')).toEqual({
      verdict: 'refused',
      rules: ['seen-recently', 'not-cordoned'],
    });
    expect(
      fleetOf.explain('shop').verdicts[0].reasons.map(({ rule }) => rule),
    ).toEqual(['seen-recently', 'not-cordoned']);
  });

  it('knows only its own apps and clusters', () => {
    const empty = new PlacementFleet([], [], NOW);
    expect(() => empty.chosenFor('shop')).toThrow('no app "shop"');
    expect(() =>
      empty.updateCluster({
        name: 'x',
        labels: {},
        claims: {},
        taints: [],
        freshness: 'live',
      }),
    ).toThrow('no cluster "x"');
  });
});
