import type {
  ClusterFacts,
  PlacementReason,
  PlacementVerdict,
  ReplicaScheduling,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from '../decidePlacement';
import type { PlacementInput } from '../types';
import { replicasOf } from './replicasOf';
import { countWantedReplicas } from './countWantedReplicas';
import { divideOverChosen } from './divideOverChosen';
import { dividesReplicas, isDividedByWeight } from './dividesReplicas';

const NOW = new Date('2026-11-20T12:00:00Z');

function cluster(name: string, pods: number): ClusterFacts {
  return {
    name,
    labels: {},
    claims: {},
    taints: [],
    freshness: 'live',
    free: { pods },
  };
}

function question(
  replicaScheduling: ReplicaScheduling | undefined,
  known: Partial<PlacementInput> = {},
): PlacementInput {
  return {
    spec: {
      prioritizerPolicy: { mode: 'Exact' },
      ...(replicaScheduling && { replicaScheduling }),
    },
    clusters: [cluster('a', 4), cluster('b', 2), cluster('c', 0)],
    previous: ['c'],
    replicas: 5,
    needs: { pods: 1 },
    ...known,
  };
}

const byCapacity: ReplicaScheduling = {
  weightPreference: { dynamicWeight: 'AvailableReplicas' },
};
const everywhere: ReplicaScheduling = { replicaSchedulingType: 'Duplicated' };

describe('replicas of a decision', () => {
  it.each<[string, PlacementInput, number | undefined, Record<string, number>]>(
    [
      ['not divided', question(undefined), undefined, {}],
      [
        'all of them everywhere',
        question(everywhere),
        undefined,
        { a: 5, b: 5, c: 5 },
      ],
      ['divided', question(byCapacity), 5, { a: 3, b: 2 }],
      [
        'divided as far as there is capacity',
        question(byCapacity, { replicas: 99 }),
        99,
        { a: 4, b: 2 },
      ],
      [
        'everywhere on nothing',
        question(everywhere, { clusters: [] }),
        undefined,
        {},
      ],
    ],
  )('%s', (_, input, wanted, replicas) => {
    const decision = decidePlacement(input, NOW);
    expect(countWantedReplicas(decision)).toBe(wanted);
    expect(Object.fromEntries(replicasOf(decision))).toEqual(replicas);
  });

  it('are those that stay where nothing could be decided', () => {
    const UNDECIDED: PlacementReason = {
      rule: 'stays-undecided',
      facts: { why: 'nobody knows' },
    };
    const SHARES: PlacementReason = {
      rule: 'shares-replicas',
      facts: { replicas: 3, of: 5, kept: 0, by: 'static' },
    };
    const SCORE: PlacementReason = {
      rule: 'score',
      facts: { prioritizer: 'Steady', score: 100, weight: 1 },
    };
    const verdict = (
      name: string,
      reason: PlacementReason,
      rest: Partial<PlacementVerdict>,
    ): PlacementVerdict => ({
      cluster: name,
      verdict: 'chosen',
      reasons: [{ rule: 'fits', facts: {} }, reason],
      ...rest,
    });
    const verdicts = [
      verdict('a', UNDECIDED, { replicas: 2 }),
      verdict('b', SHARES, { replicas: 3 }),
      verdict('c', SHARES, { replicas: 9, verdict: 'spare' }),
      verdict('d', SHARES, {}),
      verdict('e', SCORE, { replicas: 9 }),
    ];
    expect(countWantedReplicas({ notes: [], verdicts })).toBe(5);
    expect([...replicasOf({ verdicts })]).toEqual([
      ['a', 2],
      ['b', 3],
      ['e', 9],
    ]);
    const short: PlacementReason = {
      rule: 'too-few-replicas',
      facts: { wanted: 7, found: 5 },
    };
    const other: PlacementReason = {
      rule: 'too-few-clusters',
      facts: { wanted: 4, found: 3 },
    };
    expect(countWantedReplicas({ notes: [other, short], verdicts })).toBe(7);
  });

  it('are told as a share, in the place of that it fits', () => {
    const [a, b, c] = decidePlacement(
      question(byCapacity, { previous: ['c'], previousReplicas: { a: 1 } }),
      NOW,
    ).verdicts;
    expect(a.reasons).toEqual([
      {
        rule: 'shares-replicas',
        facts: { replicas: 4, of: 5, kept: 1, by: 'dynamic' },
      },
    ]);
    expect([b.replicas, c.verdict, c.reasons]).toEqual([
      1,
      'spare',
      [{ rule: 'no-replicas', facts: { by: 'dynamic' } }],
    ]);
    const [copied] = decidePlacement(question(everywhere), NOW).verdicts;
    expect([copied.replicas, copied.reasons]).toEqual([
      5,
      [{ rule: 'fits', facts: {} }],
    ]);
  });

  it('go by weight to whom may take more, as far as others do not', () => {
    const chosen = (name: string): PlacementVerdict => ({
      cluster: name,
      verdict: 'chosen',
      reasons: [],
    });
    const divide = (previousReplicas?: Record<string, number>) =>
      Object.fromEntries(
        replicasOf(
          divideOverChosen(
            ['a', 'b', 'c'].map(chosen),
            question({}, { replicas: 9, previousReplicas }),
            name => name !== 'c',
          ),
        ),
      );
    expect(divide()).toEqual({ a: 5, b: 4 });
    expect(divide({ c: 1 })).toEqual({ a: 4, b: 4, c: 1 });
    expect(divide({ c: 3 })).toEqual({ a: 3, b: 3, c: 3 });
    expect(divide({ c: 8 })).toEqual({ a: 3, b: 3, c: 3 });
  });

  it.each<[string, ReplicaScheduling | undefined, boolean, boolean]>([
    ['nothing', undefined, false, false],
    ['everywhere', everywhere, false, false],
    ['evenly', {}, true, true],
    ['by capacity', byCapacity, true, false],
    ['on few', { replicaDivisionPreference: 'Aggregated' }, true, false],
  ])('are divided: %s', (_, replicaScheduling, divides, byWeight) => {
    expect([
      dividesReplicas({ replicaScheduling }),
      isDividedByWeight({ replicaScheduling }),
    ]).toEqual([divides, byWeight]);
  });
});
