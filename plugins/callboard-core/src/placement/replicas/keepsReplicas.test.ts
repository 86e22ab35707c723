import type {
  ClusterFacts,
  ReplicaScheduling,
} from '@callboard/plugin-callboard-common';
import { decideBatch } from '../batch';
import { decideWithRetention } from '../decideWithRetention';
import { describePlacementReason } from '../sentences';
import type { PlacementInput } from '../types';
import { askWhatIf, describeWhatIf } from '../whatif';
import { replicasOf } from './replicasOf';

const NOW = new Date('2026-11-20T12:00:00Z');
const evenly: ReplicaScheduling = {};
const byCapacity: ReplicaScheduling = {
  weightPreference: { dynamicWeight: 'AvailableReplicas' },
};
const onFew: ReplicaScheduling = { replicaDivisionPreference: 'Aggregated' };

function cluster(
  name: string,
  pods: number,
  known: Partial<ClusterFacts> = {},
): ClusterFacts {
  return {
    name,
    labels: {},
    claims: {},
    taints: [],
    freshness: 'live',
    free: { pods },
    ...known,
  };
}

function question(
  replicaScheduling: ReplicaScheduling,
  held: Record<string, number>,
  clusters: ClusterFacts[],
): PlacementInput {
  return {
    spec: { replicaScheduling },
    clusters,
    previous: Object.keys(held),
    previousReplicas: held,
    replicas: 6,
    needs: { pods: 1 },
  };
}

function replicas(input: PlacementInput): string {
  const decision = decideWithRetention(input, NOW);
  return [
    ...[...replicasOf(decision)].map(([name, count]) => `${name}=${count}`),
    ...(decision.satisfied ? [] : ['short']),
  ].join(' ');
}

describe('divided replicas', () => {
  it.each<
    [string, ReplicaScheduling, Record<string, number>, ClusterFacts[], string]
  >([
    [
      'stay where they are when only capacity changed',
      byCapacity,
      { a: 5, b: 1 },
      [cluster('a', 0), cluster('b', 90)],
      'a=5 b=1',
    ],
    [
      'stay where they are when a roomier cluster joins',
      onFew,
      { a: 6 },
      [cluster('a', 0), cluster('b', 90)],
      'a=6',
    ],
    [
      'by weight do not ask for capacity',
      evenly,
      {},
      [cluster('a', 0), cluster('b', 90)],
      'a=3 b=3',
    ],
    [
      'of a drained cluster go to the others, by capacity, and nobody else moves',
      byCapacity,
      { a: 2, b: 2, c: 2 },
      [cluster('a', 9, { draining: true }), cluster('b', 1), cluster('c', 9)],
      'b=2 c=4',
    ],
    [
      'go to no cordoned cluster, which keeps what it has',
      byCapacity,
      { a: 2, b: 2, c: 2 },
      [
        cluster('a', 9, { draining: true }),
        cluster('b', 9, { cordoned: true }),
        cluster('c', 9),
      ],
      'b=2 c=4',
    ],
    [
      'by weight go to no cordoned cluster either',
      evenly,
      { a: 2, b: 2, c: 2 },
      [
        cluster('a', 9, { draining: true }),
        cluster('b', 9, { cordoned: true }),
        cluster('c', 9),
      ],
      'b=2 c=4',
    ],
    [
      'go to no silent cluster',
      evenly,
      { a: 3, b: 3 },
      [
        cluster('a', 9),
        cluster('b', 9, { freshness: 'stale' }),
        cluster('c', 9, { freshness: 'stale' }),
      ],
      'a=3 b=3',
    ],
    [
      'stay on a drained cluster while the others have not capacity for all',
      byCapacity,
      { a: 2, b: 4 },
      [cluster('a', 9, { draining: true }), cluster('b', 1)],
      'a=2 b=4',
    ],
    [
      'are fewer where a cluster is gone and nobody has capacity',
      byCapacity,
      { a: 2, b: 4 },
      [cluster('a', 9, { deleting: true }), cluster('b', 1)],
      'b=5 short',
    ],
    [
      'stay where the placement makes no sense',
      { ...evenly },
      { a: 1, b: 5 },
      [cluster('a', 9), cluster('b', 9)],
      'a=1 b=5 short',
    ],
  ])('%s', (name, scheduling, held, clusters, expected) => {
    const input = question(scheduling, held, clusters);
    const isBroken = name.endsWith('makes no sense');
    expect(
      replicas(
        isBroken
          ? { ...input, spec: { ...input.spec, tolerations: [{ value: '1' }] } }
          : input,
      ),
    ).toBe(expected);
  });

  it('come back early where there is no capacity for all of them else', () => {
    const input = question(byCapacity, { b: 4 }, [
      cluster('a', 9),
      cluster('b', 1),
    ]);
    expect(replicas({ ...input, absentFrom: ['a'] })).toBe('a=2 b=4');
    const roomy = question(byCapacity, { b: 4 }, [
      cluster('a', 9),
      cluster('b', 2),
    ]);
    expect(replicas({ ...roomy, absentFrom: ['a'] })).toBe('b=6');
  });

  it.each<[ReplicaScheduling, Record<string, number>, string]>([
    [byCapacity, {}, 'It runs 3 of 6 instances: by its free capacity'],
    [byCapacity, { a: 3, b: 3 }, 'It runs 3 of 6 instances: they stay'],
    [
      byCapacity,
      { a: 1, b: 1 },
      'It runs 3 of 6 instances: 1 stays, 2 more by its free capacity',
    ],
    [
      evenly,
      { a: 2 },
      'It runs 3 of 6 instances: 2 stay, 1 more by its weight',
    ],
    [
      onFew,
      {},
      'It runs 6 of 6 instances: as few clusters with capacity for them are taken',
    ],
  ])('say why %#', (scheduling, held, expected) => {
    const decision = decideWithRetention(
      question(scheduling, held, [cluster('a', 9), cluster('b', 9)]),
      NOW,
    );
    expect(describePlacementReason(decision.verdicts[0].reasons[0])).toBe(
      expected,
    );
  });

  it('take the capacity of as many as they are: two apps do not get the same', () => {
    const clusters = [cluster('a', 6), cluster('b', 6)];
    const { clusters: _, ...app } = question(byCapacity, {}, clusters);
    const decisions = decideBatch(
      {
        apps: [
          { ...app, name: 'x' },
          { ...app, name: 'y' },
          { ...app, name: 'z' },
        ],
        clusters,
      },
      NOW,
    );
    const counts = [...decisions.values()].map(decision =>
      [...replicasOf(decision).values()].reduce((sum, each) => sum + each, 0),
    );
    expect(counts).toEqual([6, 6, 0]);
  });
});

describe('what-if of divided replicas', () => {
  const app = (held: Record<string, number>, clusters: ClusterFacts[]) => ({
    ...question(byCapacity, held, clusters),
    name: 'shop/prod',
  });

  it('tells how many replicas move, and from where to where', () => {
    const clusters = [cluster('a', 9), cluster('b', 9)];
    const hypotheses = [{ kind: 'drain' as const, cluster: 'a' }];
    const answer = askWhatIf(
      { apps: [app({ a: 2, b: 4 }, clusters)], clusters },
      hypotheses,
      NOW,
    );
    expect(answer.moves).toEqual([
      {
        app: 'shop/prod',
        from: ['a'],
        to: [],
        replicas: {
          moving: 2,
          of: 6,
          clusters: [
            { cluster: 'a', before: 2, after: 0 },
            { cluster: 'b', before: 4, after: 6 },
          ],
        },
      },
    ]);
    expect(describeWhatIf(answer, hypotheses)).toBe(
      'Draining a moves 1 app (2 instances)',
    );
  });

  it('tells how many replicas find no capacity, beside those that move', () => {
    const clusters = [cluster('a', 9), cluster('b', 1)];
    const answer = askWhatIf(
      { apps: [app({ a: 2, b: 4 }, clusters)], clusters },
      [{ kind: 'lose', cluster: 'a' }],
      NOW,
    );
    expect(answer.shortages).toMatchObject([
      { app: 'shop/prod', replicas: { wanted: 6, found: 5 } },
    ]);
    expect(answer.moves).toMatchObject([{ replicas: { moving: 1 } }]);
  });
});
