import fc from 'fast-check';
import {
  type ClusterFacts,
  type PlacementChange,
  type PlacementSpec,
  readPlacementReason,
  readPlacementRemedy,
  type Taint,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from '../decidePlacement';
import { describePlacementReason, describeRemedy } from '../sentences';
import type { PlacementInput } from '../types';
import { applyChange, type Changeable, listChanges } from './applyChange';

const NOW = new Date('2026-11-20T12:00:00Z');

const cluster: fc.Arbitrary<ClusterFacts> = fc.record({
  name: fc.constant('c'),
  labels: fc.dictionary(
    fc.constantFrom('env', 'region'),
    fc.constantFrom('prod', 'dev', 'eu'),
  ),
  claims: fc.dictionary(
    fc.constantFrom('provider'),
    fc.constantFrom('aws', 'gcp'),
  ),
  clusterSet: fc.constantFrom(undefined, 'gold', 'silver'),
  taints: fc.array(
    fc.record({
      key: fc.constantFrom('team', 'gpu', 'callboard.dev/blueprint'),
      value: fc.constantFrom('pci', 'edge'),
      effect: fc.constantFrom<Taint['effect']>(
        'NoSelect',
        'NoSelectIfNew',
        'PreferNoSelect',
      ),
    }),
    { maxLength: 2 },
  ),
  freshness: fc.constantFrom('live', 'stale', 'unreachable'),
  blueprint: fc.constantFrom(
    undefined,
    { name: 'golden', version: 1, state: 'active', inherits: [] },
    { name: 'pci', version: 1, state: 'active', inherits: ['golden'] },
  ),
  cordoned: fc.boolean(),
  draining: fc.constantFrom(false, false, false, true),
  deleting: fc.constantFrom(false, false, false, false, true),
  free: fc.constantFrom(
    undefined,
    { pods: 0, cpuMillicores: 500 },
    { pods: 5, cpuMillicores: 500 },
  ),
});

const requirement = (keys: string[], values: string[]) =>
  fc.oneof(
    fc.record({
      key: fc.constantFrom(...keys),
      operator: fc.constantFrom('In' as const, 'NotIn' as const),
      values: fc.subarray(values, { minLength: 1 }),
    }),
    fc.record({
      key: fc.constantFrom(...keys),
      operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const),
    }),
  );

const spec: fc.Arbitrary<PlacementSpec> = fc.record({
  clusterSets: fc.subarray(['gold', 'bronze']),
  predicates: fc.array(
    fc.record({
      requiredClusterSelector: fc.record({
        labelSelector: fc.record({
          matchExpressions: fc.array(
            requirement(['env', 'region'], ['prod', 'dev', 'eu']),
            { maxLength: 2 },
          ),
        }),
        claimSelector: fc.record({
          matchExpressions: fc.array(
            requirement(['provider'], ['aws', 'gcp']),
            { maxLength: 1 },
          ),
        }),
        celSelector: fc.record({
          celExpressions: fc.subarray([
            'false',
            'managedCluster.metadata.name == "c"',
          ]),
        }),
      }),
    }),
    { maxLength: 2 },
  ),
  tolerations: fc.subarray([{ key: 'team', operator: 'Exists' as const }]),
});

const input: fc.Arbitrary<PlacementInput> = fc
  .record({
    spec,
    cluster,
    requires: fc.constantFrom(
      undefined,
      { blueprint: 'golden' },
      { blueprint: 'pci' },
    ),
    needs: fc.constantFrom(undefined, { pods: 1, cpuMillicores: 1000 }),
    instance: fc.constantFrom(undefined, { cpuMillicores: 1000 }),
    held: fc.boolean(),
  })
  .map(({ cluster: one, held, ...rest }) => ({
    ...rest,
    clusters: [one],
    previous: held ? ['c'] : [],
  }));

/** Every single change there is, for the values that occur here. */
const UNIVERSE: PlacementChange[] = [
  ...['prod', 'dev', 'eu', 'true'].flatMap(value =>
    ['env', 'region'].map(key => ({
      rule: 'set-label' as const,
      facts: { key, value },
    })),
  ),
  ...['env', 'region'].map(key => ({
    rule: 'remove-label' as const,
    facts: { key },
  })),
  ...['aws', 'gcp', 'true'].map(value => ({
    rule: 'set-claim' as const,
    facts: { key: 'provider', value },
  })),
  { rule: 'remove-claim', facts: { key: 'provider' } },
  ...['gold', 'bronze'].map(set => ({
    rule: 'join-cluster-set' as const,
    facts: { set },
  })),
  ...['team', 'gpu', 'callboard.dev/blueprint'].map(key => ({
    rule: 'tolerate' as const,
    facts: { key },
  })),
  ...['golden', 'pci', 'edge'].flatMap(blueprint =>
    (['run-blueprint', 'require-blueprint'] as const).map(rule => ({
      rule,
      facts: { blueprint },
    })),
  ),
  ...[1, 2].map(predicate => ({
    rule: 'drop-expression' as const,
    facts: { expression: 'false', predicate },
  })),
  { rule: 'uncordon', facts: {} },
  { rule: 'stop-draining', facts: {} },
  { rule: 'reconnect', facts: {} },
  { rule: 'free-capacity', facts: { pods: 1, cpuMillicores: 1000 } },
  { rule: 'add-node', facts: { cpuMillicores: 1000 } },
];

function after(
  given: PlacementInput,
  changes: readonly PlacementChange[],
): PlacementInput {
  const [one] = given.clusters;
  const changed = changes.reduce<Changeable>(applyChange, {
    cluster: one,
    spec: given.spec,
    requires: given.requires,
  });
  return {
    ...given,
    spec: changed.spec,
    requires: changed.requires,
    clusters: [changed.cluster],
  };
}

function isAdmitted(given: PlacementInput): boolean {
  return decidePlacement(given, NOW).verdicts[0].verdict !== 'refused';
}

/** All sets of the universe with fewer than `size` changes, at most two. */
function* smallerSets(size: number): Generator<PlacementChange[]> {
  if (size > 0) yield [];
  if (size > 1) for (const one of UNIVERSE) yield [one];
  if (size > 2) {
    for (const [index, one] of UNIVERSE.entries())
      for (const two of UNIVERSE.slice(index + 1)) yield [one, two];
  }
}

function asWritten(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('a remedy', () => {
  it('admits the cluster when applied, and no smaller change does', () => {
    fc.assert(
      fc.property(input, given => {
        const [{ verdict, remedy, reasons }] = decidePlacement(
          given,
          NOW,
        ).verdicts;
        if (verdict !== 'refused') return;
        expect(reasons.length).toBeGreaterThan(0);
        const size = remedy ? listChanges(remedy).length : 3;
        const helps = !remedy || isAdmitted(after(given, listChanges(remedy)));
        expect(helps).toBe(true);
        for (const smaller of smallerSets(size)) {
          if (isAdmitted(after(given, smaller)))
            throw new Error(`Smaller: ${JSON.stringify({ smaller, remedy })}`);
        }
        // Every reason and every change can be said.
        for (const reason of reasons)
          expect(describePlacementReason(reason)).toMatch(/^[A-Z]/);
        // And read again from where it was written.
        expect(reasons.map(asWritten).map(readPlacementReason)).toEqual(
          reasons,
        );
        expect(remedy && readPlacementRemedy(asWritten(remedy))).toEqual(
          remedy,
        );
        expect(remedy ? describeRemedy(remedy) : 'None').toMatch(/^[A-Z]/);
      }),
      { numRuns: 40 },
    );
  });

  it('is none for a cluster that is being deleted, or for a selector that contradicts itself', () => {
    const none = (spec_: PlacementSpec, known: Partial<ClusterFacts>) =>
      decidePlacement(
        {
          spec: spec_,
          clusters: [
            {
              name: 'c',
              labels: {},
              claims: {},
              taints: [],
              freshness: 'live',
              ...known,
            },
          ],
          previous: [],
        },
        NOW,
      ).verdicts[0];
    const contradiction: PlacementSpec = {
      predicates: [
        {
          requiredClusterSelector: {
            labelSelector: {
              matchExpressions: [
                { key: 'a', operator: 'In', values: ['x'] },
                { key: 'a', operator: 'NotIn', values: ['x'] },
              ],
            },
          },
        },
      ],
    };
    expect(none({}, { deleting: true })).not.toHaveProperty('remedy');
    expect(none(contradiction, {})).not.toHaveProperty('remedy');
  });

  it('leaves alone what a change is not about', () => {
    const spec_: PlacementSpec = {
      predicates: [
        {
          requiredClusterSelector: {
            labelSelector: { matchLabels: { a: 'b' } },
            celSelector: { celExpressions: ['x', 'y'] },
          },
        },
        { requiredClusterSelector: { celSelector: { celExpressions: ['x'] } } },
      ],
    };
    const one: ClusterFacts = {
      name: 'c',
      labels: {},
      claims: {},
      taints: [],
      freshness: 'live',
      free: { pods: 0, memoryBytes: 5 },
    };
    const change = (rule: string, facts: object) =>
      applyChange(
        { cluster: one, spec: spec_ },
        readPlacementRemedy({ rule, facts }),
      );
    expect(
      change('drop-expression', { expression: 'x', predicate: 1 }).spec
        .predicates,
    ).toEqual([
      {
        requiredClusterSelector: {
          labelSelector: { matchLabels: { a: 'b' } },
          celSelector: { celExpressions: ['y'] },
        },
      },
      spec_.predicates![1],
    ]);
    expect(change('free-capacity', { pods: 2 }).cluster.free).toEqual({
      pods: 2,
      memoryBytes: 5,
    });
    expect(change('run-blueprint', { blueprint: 'pci' }).cluster).toEqual({
      ...one,
      blueprint: { name: 'pci', version: 1, state: 'active', inherits: [] },
    });
  });

  it('leaves a question as it is for a change nobody knows', () => {
    const given = {
      cluster: {
        name: 'c',
        labels: {},
        claims: {},
        taints: [],
        freshness: 'live' as const,
      },
      spec: {},
    };
    expect(
      applyChange(given, readPlacementRemedy({ rule: 'nonsense', facts: {} })),
    ).toBe(given);
  });
});
