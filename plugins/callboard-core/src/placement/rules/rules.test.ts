import type {
  ClusterFacts,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import { belongsToSet } from '../belongsToSet';
import { createEvaluator } from '../cel';
import { decidePlacement } from '../decidePlacement';
import { applyChange } from '../remedy';
import type { PlacementInput } from '../types';
import { PLACEMENT_RULES } from '.';

const NOW = new Date('2026-11-20T12:00:00Z');

function ask(
  cluster: Partial<ClusterFacts>,
  question: Partial<PlacementInput> = {},
) {
  const facts: ClusterFacts = {
    name: 'c',
    labels: {},
    claims: {},
    taints: [],
    freshness: 'live',
    ...cluster,
  };
  const [verdict] = decidePlacement(
    { spec: {}, clusters: [facts], previous: [], ...question },
    NOW,
  ).verdicts;
  return `${verdict.verdict}: ${verdict.reasons
    .map(({ rule }) => rule)
    .join(' ')}`;
}

const held = { previous: ['c'] };
const silent = {
  freshness: 'unreachable' as const,
  observedAt: '2026-11-20T11:50:00Z',
};

describe('the rules', () => {
  it.each<[string, Partial<ClusterFacts>, Partial<PlacementInput>, string]>([
    [
      'a cordoned cluster takes nothing new',
      { cordoned: true },
      {},
      'refused: not-cordoned',
    ],
    [
      'what runs on a cordoned cluster stays',
      { cordoned: true },
      held,
      'chosen: stay-put stays-on-cordoned score score',
    ],
    [
      'what runs on a draining cluster leaves',
      { cordoned: true, draining: true },
      held,
      'refused: not-draining',
    ],
    [
      'what runs on a silent cluster stays',
      silent,
      held,
      'chosen: stay-put unreachable-tolerated score score',
    ],
    [
      'what runs on a silent cluster fails over after its time',
      silent,
      { ...held, failoverAfterSeconds: 600 },
      'refused: reachable',
    ],
    [
      'but not before',
      silent,
      { ...held, failoverAfterSeconds: 601 },
      'chosen: stay-put unreachable-tolerated score score',
    ],
    [
      'nor from a cluster of which nobody knows since when',
      { freshness: 'stale' },
      { ...held, failoverAfterSeconds: 1 },
      'chosen: stay-put unreachable-tolerated score score',
    ],
    [
      'NoSelectIfNew spares what runs',
      { taints: [{ key: 'x', effect: 'NoSelectIfNew' }] },
      held,
      'chosen: stay-put score score',
    ],
    [
      'NoSelect does not',
      { taints: [{ key: 'x', effect: 'NoSelect' }] },
      held,
      'refused: tolerates-taints',
    ],
    [
      'a tolerated taint is told',
      { taints: [{ key: 'x', effect: 'NoSelect' }] },
      { spec: { tolerations: [{ key: 'x', operator: 'Exists' }] } },
      'chosen: tolerates-taint score',
    ],
    [
      'a taint of a blueprint nobody named',
      { taints: [{ key: 'callboard.dev/blueprint', effect: 'NoSelect' }] },
      {},
      'refused: tolerates-taints',
    ],
    [
      'a blueprint that inherits',
      {
        blueprint: {
          name: 'pci',
          version: 1,
          state: 'active',
          inherits: ['golden'],
        },
      },
      { requires: { blueprint: 'golden' } },
      'chosen: runs-blueprint score',
    ],
    [
      'no blueprint',
      {},
      { requires: { blueprint: 'golden' } },
      'refused: runs-blueprint',
    ],
    [
      'capacity that is not known',
      { free: { pods: 1 } },
      { needs: { cpuMillicores: 500, pods: 1 } },
      'chosen: score',
    ],
    [
      'every resource that is short',
      { free: { pods: 0, cpuMillicores: 1, memoryBytes: 1 } },
      { needs: { cpuMillicores: 5, pods: 1, memoryBytes: 9 } },
      'refused: has-capacity has-capacity has-capacity',
    ],
    [
      'what runs there although the capacity is taken',
      { free: { memoryBytes: 0 }, allocatable: { memoryBytes: 16 } },
      { ...held, needs: { memoryBytes: 9 } },
      'chosen: stay-put score score',
    ],
    [
      'what runs there and outgrows the whole cluster',
      { free: { memoryBytes: 0 }, allocatable: { memoryBytes: 16 } },
      { ...held, needs: { memoryBytes: 900 } },
      'chosen: stay-put has-capacity score score',
    ],
    [
      'an instance larger than any node, however much all have together',
      {
        free: { memoryBytes: 64 },
        capacity: { memoryBytes: 64, largestNode: { memoryBytes: 16 } },
      },
      { needs: { memoryBytes: 20 }, instance: { memoryBytes: 20 } },
      'refused: has-capacity',
    ],
    [
      'an instance that is larger than any node there alone',
      { capacity: { largestNode: { memoryBytes: 16 } } },
      {
        needs: { memoryBytes: 8 },
        instance: { memoryBytes: 8 },
        instanceOn: { c: { memoryBytes: 20 } },
      },
      'refused: has-capacity',
    ],
    [
      'an instance that is smaller there than elsewhere',
      { capacity: { largestNode: { memoryBytes: 16 } } },
      {
        needs: { memoryBytes: 8 },
        instance: { memoryBytes: 20 },
        instanceOn: { c: { memoryBytes: 8 } },
      },
      'chosen: score',
    ],
    [
      'instances that fit a node each',
      {
        free: { memoryBytes: 64 },
        capacity: { largestNode: { memoryBytes: 16 } },
      },
      { needs: { memoryBytes: 48 }, instance: { memoryBytes: 16 } },
      'chosen: score',
    ],
    [
      'what runs there and outgrows every node',
      {
        free: { memoryBytes: 0 },
        allocatable: { memoryBytes: 64 },
        capacity: { largestNode: { memoryBytes: 16 } },
      },
      { ...held, needs: { memoryBytes: 20 }, instance: { memoryBytes: 20 } },
      'chosen: stay-put has-capacity score score',
    ],
    [
      'an instance that no node holds, and other capacity that is short',
      {
        free: { memoryBytes: 0, pods: 0 },
        capacity: { largestNode: { memoryBytes: 16 } },
      },
      { needs: { memoryBytes: 20, pods: 1 }, instance: { memoryBytes: 20 } },
      'refused: has-capacity has-capacity',
    ],
    [
      'needs that are not told',
      { free: { pods: 0 } },
      { needs: {} },
      'chosen: score',
    ],
    [
      'a set by its one name',
      { clusterSet: 'gold' },
      { spec: { clusterSets: ['gold'] } },
      'chosen: score',
    ],
    [
      'another set',
      { clusterSets: ['silver'], clusterSet: 'gold' },
      { spec: { clusterSets: ['gold'] } },
      'refused: in-cluster-set',
    ],
    [
      'anyone who takes Steady away wants to move',
      {},
      {
        ...held,
        spec: { prioritizerPolicy: { mode: 'Exact', configurations: [] } },
      },
      'chosen: fits',
    ],
  ])('%s', (_, cluster, question, expected) => {
    expect(ask(cluster, question)).toBe(expected);
  });

  it('are answered alike with and without saying why', () => {
    const clusters: Partial<ClusterFacts>[] = [
      {},
      { labels: { env: 'prod' }, claims: { gpu: 'yes' } },
      { labels: { env: 'prod' } },
      { claims: { gpu: 'yes' } },
      { taints: [{ key: 'x', effect: 'NoSelect' }] },
      { taints: [{ key: 'x', effect: 'NoSelectIfNew' }] },
      { taints: [{ key: 'x', effect: 'PreferNoSelect' }] },
      {
        taints: [
          { key: 'x', effect: 'NoSelect' },
          { key: 'y', effect: 'NoSelect' },
        ],
      },
      { free: { pods: 0 } },
      { free: { pods: 2 } },
    ];
    const both = {
      requiredClusterSelector: {
        labelSelector: { matchLabels: { env: 'prod' } },
        claimSelector: {
          matchExpressions: [{ key: 'gpu', operator: 'Exists' as const }],
        },
      },
    };
    const failing = {
      requiredClusterSelector: {
        celSelector: { celExpressions: ['1 / 0 == 1'] },
      },
    };
    const specs: PlacementSpec[] = [
      {},
      { predicates: [both] },
      { predicates: [both, {}] },
      { predicates: [failing] },
      { predicates: [both, failing] },
      { tolerations: [{ key: 'x', operator: 'Exists' }] },
    ];
    const answers = specs.flatMap(spec =>
      clusters.flatMap(known =>
        [false, true].flatMap(isHeld =>
          [false, true].flatMap(kept =>
            PLACEMENT_RULES.flatMap(rule => {
              const facts: ClusterFacts = {
                name: 'c',
                labels: {},
                claims: {},
                taints: [],
                freshness: 'live',
                ...known,
              };
              const { evaluate } = createEvaluator(spec);
              const context = {
                spec,
                needs: { pods: 1 },
                held: isHeld,
                kept,
                now: NOW,
                evaluate,
              };
              const judged = rule.judge(facts, context).kind;
              expect(['admits', 'refuses']).toContain(judged);
              return rule.admits
                ? [[rule.name, rule.admits(facts, context), judged]]
                : [];
            }),
          ),
        ),
      ),
    );
    expect(answers.length).toBeGreaterThan(500);
    for (const [name, admits, judged] of answers)
      expect([name, admits]).toEqual([name, judged === 'admits']);
  });

  it('tells an ignored spread of another engine, and an uneven one of ours', () => {
    const spec: PlacementSpec = {
      numberOfClusters: 2,
      spreadPolicy: {
        spreadConstraints: [
          { topologyKey: 'region', topologyKeyType: 'Claim' },
        ],
      },
    };
    const clusters = ['eu', 'eu', 'us'].map(
      (region, index): ClusterFacts => ({
        name: `c${index}`,
        labels: {},
        claims: { region },
        taints: [],
        freshness: 'live',
      }),
    );
    const uneven = decidePlacement(
      {
        spec: { ...spec, numberOfClusters: 2 },
        clusters,
        previous: ['c0', 'c1'],
      },
      NOW,
    );
    expect(uneven.notes).toEqual([
      {
        rule: 'spread-not-kept',
        facts: { topologyKey: 'region', skew: 2, maxSkew: 1 },
      },
    ]);
    expect(
      decidePlacement({ spec, clusters, previous: [] }, NOW).chosen,
    ).toEqual(['c0', 'c2']);
  });

  it('raises the skew of one constraint only', () => {
    const spec: PlacementSpec = {
      spreadPolicy: {
        spreadConstraints: ['a', 'b'].map(topologyKey => ({
          topologyKey,
          topologyKeyType: 'Label',
          whenUnsatisfiable: 'DoNotSchedule',
        })),
      },
    };
    const cluster: ClusterFacts = {
      name: 'c',
      labels: {},
      claims: {},
      taints: [],
      freshness: 'live',
    };
    const { spec: changed } = applyChange(
      { cluster, spec },
      { rule: 'raise-max-skew', facts: { topologyKey: 'a', maxSkew: 3 } },
    );
    expect(
      changed.spreadPolicy?.spreadConstraints?.map(({ maxSkew }) => maxSkew),
    ).toEqual([3, undefined]);
    expect(
      applyChange(
        { cluster, spec: {} },
        { rule: 'raise-max-skew', facts: { topologyKey: 'a', maxSkew: 3 } },
      ).spec,
    ).toEqual({ spreadPolicy: { spreadConstraints: [] } });
    expect(
      applyChange(
        { cluster, spec: {} },
        { rule: 'drop-expression', facts: { expression: 'x', predicate: 1 } },
      ).spec,
    ).toEqual({ predicates: [] });
    const plain: PlacementSpec = {
      predicates: [{}, { requiredClusterSelector: {} }],
    };
    expect(
      applyChange(
        { cluster, spec: plain },
        { rule: 'drop-expression', facts: { expression: 'x', predicate: 2 } },
      ).spec.predicates?.[0],
    ).toEqual({});
    expect(
      applyChange(
        { cluster, spec: plain },
        { rule: 'drop-expression', facts: { expression: 'x', predicate: 1 } },
      ).spec,
    ).toEqual(plain);
  });

  it('knows a set by its selector', () => {
    const set = (clusterSelector?: object) => ({
      apiVersion: 'callboard.dev/v1alpha1' as const,
      kind: 'ClusterSet' as const,
      metadata: { name: 's' },
      spec: { clusterSelector },
    });
    expect(
      belongsToSet({ region: 'eu' }, set({ matchLabels: { region: 'eu' } })),
    ).toBe(true);
    expect(
      belongsToSet({ region: 'us' }, set({ matchLabels: { region: 'eu' } })),
    ).toBe(false);
    expect(belongsToSet({}, set())).toBe(false);
  });
});
