import type {
  ClusterFacts,
  ReplicaScheduling,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from '../decidePlacement';
import type { PlacementInput } from '../types';

const NOW = new Date('2026-11-20T12:00:00Z');

function cluster(name: string, pods?: number): ClusterFacts {
  return {
    name,
    labels: { size: name === 'a' ? 'large' : 'small' },
    claims: {},
    taints: [],
    freshness: 'live',
    ...(pods !== undefined && { free: { pods } }),
  };
}

function decide(
  replicaScheduling: ReplicaScheduling | undefined,
  known: Partial<PlacementInput> = {},
) {
  const decision = decidePlacement(
    {
      spec: { ...(replicaScheduling && { replicaScheduling }) },
      clusters: [cluster('a', 6), cluster('b', 3), cluster('c', 1)],
      previous: [],
      replicas: 5,
      needs: { pods: 1 },
      ...known,
    },
    NOW,
  );
  const shares = decision.verdicts.map(({ cluster: name, verdict, replicas }) =>
    replicas === undefined ? `${name} ${verdict}` : `${name}=${replicas}`,
  );
  return [
    ...shares,
    ...decision.notes.map(({ facts }) =>
      'found' in facts ? `${facts.found} of ${facts.wanted}` : 'another note',
    ),
    decision.satisfied,
  ].join(', ');
}

const dynamic: ReplicaScheduling = {
  weightPreference: { dynamicWeight: 'AvailableReplicas' },
};
const aggregated: ReplicaScheduling = {
  replicaDivisionPreference: 'Aggregated',
};

/** Whole verdicts, as they are stored. */
function verdictsOf(known: Partial<PlacementInput>) {
  const { verdicts, notes } = decidePlacement(
    {
      spec: { replicaScheduling: dynamic, numberOfClusters: 2 },
      clusters: [cluster('a', 4), cluster('b', 0), cluster('c', 9)],
      previous: [],
      replicas: 3,
      needs: { pods: 1 },
      ...known,
    },
    NOW,
  );
  return { verdicts, notes };
}

describe('our own placements divide replicas too', () => {
  it('tells who got none, and who was not asked', () => {
    const { verdicts, notes } = verdictsOf({
      needs: { pods: 2 },
      previous: ['b'],
      previousReplicas: { c: 9 },
    });
    expect(verdicts).toMatchObject([
      { cluster: 'a', verdict: 'chosen', replicas: 2 },
      {
        cluster: 'b',
        verdict: 'spare',
        reasons: [{ rule: 'no-replicas', facts: {} }],
      },
      { cluster: 'c', verdict: 'spare' },
    ]);
    expect(verdicts[2].reasons[0].rule).toBe('number-of-clusters');
    expect(notes).toEqual([
      { rule: 'too-few-replicas', facts: { wanted: 3, found: 2 } },
    ]);
  });

  it('takes a cluster without replicas out of its decision group', () => {
    const grouped = verdictsOf({
      spec: {
        replicaScheduling: aggregated,
        decisionStrategy: { groupStrategy: { clustersPerDecisionGroup: 1 } },
      },
    });
    expect(grouped.verdicts.map(({ group }) => group)).toEqual([
      '1 ',
      undefined,
      undefined,
    ]);
  });

  it.each<
    [string, ReplicaScheduling | undefined, Partial<PlacementInput>, string]
  >([
    [
      'not where nobody asks for it',
      undefined,
      {},
      'a chosen, b chosen, c chosen, true',
    ],
    [
      'not without a number',
      dynamic,
      { replicas: undefined },
      'a chosen, b chosen, c chosen, true',
    ],
    [
      'all of them everywhere',
      { replicaSchedulingType: 'Duplicated' },
      {},
      'a=5, b=5, c=5, true',
    ],
    ['evenly', {}, {}, 'a=2, b=2, c=1, true'],
    [
      'by weight',
      {
        weightPreference: {
          staticWeightList: [
            {
              targetCluster: {
                labelSelector: { matchLabels: { size: 'large' } },
              },
              weight: 1,
            },
          ],
        },
      },
      {},
      'a=5, b spare, c spare, true',
    ],
    [
      'by weight, whatever capacity there is',
      {},
      { clusters: [cluster('a', 1), cluster('b', 0)], previous: ['b'] },
      'a=3, b=2, true',
    ],
    ['by capacity', dynamic, {}, 'a=3, b=1, c=1, true'],
    ['on as few as hold them', aggregated, {}, 'a=5, b spare, c spare, true'],
    [
      'what is there stays',
      aggregated,
      { previous: ['b'], previousReplicas: { b: 5 } },
      'b=5, a spare, c spare, true',
    ],
    [
      'what is left behind is divided again, also when there is less to divide',
      dynamic,
      { replicas: 3, previousReplicas: { a: 4, gone: 4 } },
      'a=3, b spare, c spare, true',
    ],
    [
      'as many as there is capacity for',
      dynamic,
      { replicas: 12 },
      'a=6, b=3, c=1, 10 of 12, false',
    ],
    [
      'by the resource that is shortest, of those that are needed and known',
      dynamic,
      {
        clusters: [
          {
            ...cluster('a'),
            free: { pods: 9, cpuMillicores: 450, memoryBytes: 1 },
          },
          cluster('b', 9),
        ],
        needs: { pods: 1, cpuMillicores: 100, memoryBytes: 0 },
        replicas: 99,
      },
      'a=4, b=9, 13 of 99, false',
    ],
    [
      'counting what is there already',
      dynamic,
      {
        clusters: [cluster('a', 2), cluster('b', 1)],
        previous: ['a'],
        previousReplicas: { a: 3 },
        replicas: 20,
      },
      'a=5, b=1, 6 of 20, false',
    ],
    [
      'nowhere without capacity',
      dynamic,
      { clusters: [cluster('a', 0)], previous: ['a'] },
      'a spare, 0 of 5, false',
    ],
    [
      'where capacity is not known, anywhere',
      dynamic,
      { clusters: [cluster('a'), cluster('b')] },
      'a=3, b=2, true',
    ],
    [
      'nowhere without clusters',
      dynamic,
      { clusters: [] },
      '0 of 1, 0 of 5, false',
    ],
  ])('%s', (_, scheduling, known, expected) => {
    expect(decide(scheduling, known)).toBe(expected);
  });
});
