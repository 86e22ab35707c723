import fc from 'fast-check';
import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { listChanges } from '../remedy';
import { applyKarmadaChange } from './applyKarmadaChange';
import { decideKarmadaPolicy } from './decideKarmadaPolicy';
import { readKarmadaClusters } from './readKarmadaClusters';
import { readKarmadaPolicy } from './readKarmadaPolicy';
import { readWorkload } from './readWorkload';
import type { KarmadaInput, TargetCluster } from './types';

interface MemberGiven {
  name: string;
  pods?: number;
  cpu?: string;
  used?: Record<string, unknown>;
  labels?: Record<string, string>;
  region?: string;
  zone?: string;
  taints?: unknown[];
  deleting?: boolean;
  apis?: boolean;
}

function member({
  name,
  pods,
  cpu,
  used,
  labels,
  region,
  zone,
  taints,
  deleting,
  apis = true,
}: MemberGiven) {
  return {
    apiVersion: 'cluster.karmada.io/v1alpha1',
    kind: 'Cluster',
    metadata: {
      name,
      labels,
      ...(deleting && { deletionTimestamp: '2026-11-20T11:00:00Z' }),
    },
    spec: { region, zone, taints },
    status: {
      apiEnablements: apis
        ? [
            {
              groupVersion: 'apps/v1',
              resources: [{ kind: 'Deployment', name: 'deployments' }],
            },
          ]
        : [],
      ...((pods !== undefined || cpu) && {
        resourceSummary: {
          allocatable: { pods: pods ?? 1000, cpu },
          allocated: used,
        },
      }),
    },
  };
}

function input(given: {
  placement?: unknown;
  clusters: MemberGiven[];
  replicas?: number;
  requests?: Record<string, unknown>;
  uid?: string;
  previous?: TargetCluster[];
}): KarmadaInput {
  const workload =
    given.replicas === undefined
      ? undefined
      : {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: { uid: given.uid },
          spec: {
            replicas: given.replicas,
            template: {
              spec: {
                containers: [{ resources: { requests: given.requests } }],
              },
            },
          },
        };
  return {
    placement: readKarmadaPolicy({ placement: given.placement ?? {} }),
    workload: readWorkload(workload),
    clusters: readKarmadaClusters(given.clusters.map(member)),
    previous: given.previous ?? [],
  };
}

function brief({ verdicts, notes }: PlacementDecision): string {
  const refusal = notes.find(note => note.rule === 'unschedulable');
  if (refusal) return `refused: ${refusal.facts.why}`;
  return verdicts
    .filter(({ verdict }) => verdict === 'chosen')
    .map(({ cluster, replicas }) =>
      replicas === undefined ? cluster : `${cluster}=${replicas}`,
    )
    .join(' ');
}

const divided = (rest: object) => ({
  replicaScheduling: { replicaSchedulingType: 'Divided', ...rest },
});
const dynamic = divided({
  replicaDivisionPreference: 'Weighted',
  weightPreference: { dynamicWeight: 'AvailableReplicas' },
});
const aggregated = divided({ replicaDivisionPreference: 'Aggregated' });
const weights = (...list: Array<[string, number]>) =>
  divided({
    replicaDivisionPreference: 'Weighted',
    weightPreference: {
      staticWeightList: list.map(([name, weight]) => ({
        targetCluster: { clusterNames: [name] },
        weight,
      })),
    },
  });
const spread = (...list: object[]) => ({ spreadConstraints: list });
const byCluster = (minGroups?: number, maxGroups?: number) => ({
  spreadByField: 'cluster',
  minGroups,
  maxGroups,
});
const byRegion = (minGroups: number, maxGroups: number) => ({
  spreadByField: 'region',
  minGroups,
  maxGroups,
});
const abc: MemberGiven[] = ['c', 'a', 'b'].map(name => ({ name, pods: 10 }));
const had = (...list: Array<[string, number]>) =>
  list.map(([name, replicas]) => ({ name, replicas }));

describe('decideKarmadaPolicy decides as the engine does', () => {
  it.each<[string, KarmadaInput, string]>([
    [
      'without replicas every cluster, without numbers',
      input({ clusters: abc }),
      'a b c',
    ],
    [
      'no replicas of what asks for resources: nowhere, and nothing is wrong',
      input({ clusters: abc, replicas: 0, requests: { cpu: '1' } }),
      '',
    ],
    [
      'no replicas of what asks for nothing: everywhere',
      input({ clusters: abc, replicas: 0 }),
      'a b c',
    ],
    [
      'duplicated: all replicas everywhere',
      input({ clusters: abc, replicas: 2 }),
      'a=2 b=2 c=2',
    ],
    [
      'static weights 3:2:1 of 14',
      input({
        placement: weights(['a', 3], ['b', 2], ['c', 1]),
        clusters: abc,
        replicas: 14,
      }),
      'a=7 b=5 c=2',
    ],
    [
      'the highest of all matching weights',
      input({
        placement: weights(['a', 1], ['b', 1], ['a', 2]),
        clusters: abc,
        replicas: 3,
      }),
      'a=2 b=1',
    ],
    [
      'who matches no weight is left out',
      input({ placement: weights(['a', 1]), clusters: abc, replicas: 3 }),
      'a=3',
    ],
    [
      'all weights zero are one each',
      input({ placement: weights(['a', 0]), clusters: abc, replicas: 4 }),
      'a=2 b=1 c=1',
    ],
    [
      'a UID of odd hash turns names around',
      input({
        placement: weights(['a', 1], ['b', 1]),
        clusters: abc,
        replicas: 3,
        uid: 'b',
      }),
      'a=1 b=2',
    ],
    [
      'a UID of even hash does not',
      input({
        placement: weights(['a', 1], ['b', 1]),
        clusters: abc,
        replicas: 3,
        uid: 'a',
      }),
      'a=2 b=1',
    ],
    [
      'static ignores capacity and previous',
      input({
        placement: weights(['a', 1], ['b', 1]),
        clusters: [{ name: 'a' }, { name: 'b' }],
        replicas: 4,
        previous: had(['b', 4]),
      }),
      'a=2 b=2',
    ],
    [
      'no weight preference: equal, and spread is ignored',
      input({
        placement: { ...divided({}), ...spread(byCluster(1, 1)) },
        clusters: abc,
        replicas: 3,
      }),
      'a=1 b=1 c=1',
    ],
    [
      'dynamic by free capacity',
      input({
        placement: dynamic,
        clusters: [
          { name: 'a', pods: 18 },
          { name: 'b', pods: 12 },
          { name: 'c', pods: 6 },
        ],
        replicas: 12,
      }),
      'a=6 b=4 c=2',
    ],
    [
      'dynamic: equal to what is there stays',
      input({
        placement: dynamic,
        clusters: abc,
        replicas: 4,
        previous: had(['a', 1], ['b', 3]),
      }),
      'a=1 b=3',
    ],
    [
      'dynamic: only the missing ones are divided',
      input({
        placement: dynamic,
        clusters: abc,
        replicas: 24,
        previous: had(['a', 2], ['b', 4], ['c', 6]),
      }),
      'a=6 b=8 c=10',
    ],
    [
      'dynamic: fewer in proportion',
      input({
        placement: dynamic,
        clusters: abc.map(({ name }) => ({ name, pods: 1 })),
        replicas: 6,
        previous: had(['a', 2], ['b', 4], ['c', 6]),
      }),
      'a=1 b=2 c=3',
    ],
    [
      'dynamic: not enough capacity',
      input({ placement: dynamic, clusters: abc, replicas: 31 }),
      'refused: there is capacity for 30 of 31 replicas',
    ],
    [
      'aggregated: as few clusters as hold it',
      input({
        placement: aggregated,
        clusters: [
          { name: 'a', pods: 6 },
          { name: 'b', pods: 12 },
          { name: 'c', pods: 6 },
        ],
        replicas: 12,
      }),
      'b=12',
    ],
    [
      'aggregated: holders first when growing',
      input({
        placement: aggregated,
        clusters: [
          { name: 'a', pods: 6 },
          { name: 'b', pods: 6 },
          { name: 'c', pods: 20 },
        ],
        replicas: 24,
        previous: had(['a', 4], ['b', 8]),
      }),
      'a=10 b=14',
    ],
    [
      'aggregated: shrinking keeps the largest',
      input({
        placement: aggregated,
        clusters: abc,
        replicas: 6,
        previous: had(['a', 4], ['b', 8]),
      }),
      'b=6',
    ],
    [
      'shrinking counts what no longer fits',
      input({
        placement: { ...aggregated, clusterAffinity: { clusterNames: ['a'] } },
        clusters: abc,
        replicas: 4,
        previous: had(['gone', 3], ['a', 5], ['b', 9]),
      }),
      'b=4',
    ],
    [
      'shrinking in proportion, also where it is no longer known',
      input({
        placement: { ...dynamic, clusterAffinity: { clusterNames: ['a'] } },
        clusters: abc,
        replicas: 4,
        previous: had(['gone', 8], ['a', 8]),
      }),
      'a=2 gone=2',
    ],
    [
      'capacity by requests, CPU in thousandths',
      input({
        placement: dynamic,
        clusters: [
          { name: 'a', cpu: '1' },
          { name: 'b', cpu: '500m' },
        ],
        replicas: 3,
        requests: { cpu: '500m' },
      }),
      'a=2 b=1',
    ],
    [
      'a resource the cluster lacks is no capacity',
      input({
        placement: aggregated,
        clusters: [
          { name: 'a', pods: 9 },
          { name: 'b', cpu: '4' },
        ],
        replicas: 2,
        requests: { cpu: '1' },
      }),
      'b=2',
    ],
    [
      'used resources do not count',
      input({
        placement: aggregated,
        clusters: [
          { name: 'a', pods: 9, used: { pods: 8 } },
          { name: 'b', pods: 5 },
        ],
        replicas: 2,
      }),
      'b=2',
    ],
    [
      'a deleting cluster never',
      input({
        clusters: [{ name: 'a', deleting: true }, { name: 'b' }],
        replicas: 1,
        previous: had(['a', 1]),
      }),
      'b=1',
    ],
    [
      'a cluster that does not serve the kind',
      input({
        clusters: [{ name: 'a', apis: false }, { name: 'b' }],
        replicas: 1,
      }),
      'b=1',
    ],
    [
      'a cluster that holds it is not asked for kinds and taints',
      input({
        clusters: [
          {
            name: 'a',
            apis: false,
            taints: [{ key: 'x', effect: 'NoSchedule' }],
          },
        ],
        replicas: 1,
        previous: had(['a', 1]),
      }),
      'a=1',
    ],
    [
      'NoExecute counts, PreferNoSchedule does not',
      input({
        clusters: [
          { name: 'a', taints: [{ key: 'x', effect: 'NoExecute' }] },
          { name: 'b', taints: [{ key: 'x', effect: 'PreferNoSchedule' }] },
        ],
        replicas: 1,
      }),
      'b=1',
    ],
    [
      'tolerated',
      input({
        placement: { clusterTolerations: [{ key: 'x', operator: 'Exists' }] },
        clusters: [{ name: 'a', taints: [{ key: 'x', effect: 'NoSchedule' }] }],
      }),
      'a',
    ],
    [
      'nothing fits',
      input({
        placement: { clusterAffinity: { clusterNames: ['z'] } },
        clusters: abc,
      }),
      'refused: no cluster fits',
    ],
    [
      'the first affinity that works',
      input({
        placement: {
          clusterAffinities: [
            { affinityName: 'one', clusterNames: ['z'] },
            { affinityName: 'two', clusterNames: ['b'] },
          ],
        },
        clusters: abc,
      }),
      'b',
    ],
    [
      'excluded by name',
      input({
        placement: { clusterAffinity: { exclude: ['a'] } },
        clusters: abc,
      }),
      'b c',
    ],
    [
      'by field',
      input({
        placement: {
          clusterAffinity: {
            fieldSelector: {
              matchExpressions: [
                { key: 'region', operator: 'In', values: ['eu'] },
                { key: 'zone', operator: 'NotIn', values: ['eu-2'] },
              ],
            },
          },
        },
        clusters: [
          { name: 'a', region: 'eu', zone: 'eu-1' },
          { name: 'b', region: 'eu', zone: 'eu-2' },
          { name: 'c' },
        ],
      }),
      'a',
    ],
    [
      'spread over clusters: the roomiest',
      input({
        placement: spread(byCluster(1, 2)),
        clusters: [
          { name: 'a', pods: 1 },
          { name: 'b', pods: 3 },
          { name: 'c', pods: 2 },
        ],
        replicas: 1,
      }),
      'b=1 c=1',
    ],
    [
      'spread over clusters: where it is comes first',
      input({
        placement: spread(byCluster(1, 1)),
        clusters: [
          { name: 'a', pods: 1 },
          { name: 'b', pods: 3 },
        ],
        replicas: 1,
        previous: had(['a', 1]),
      }),
      'a=1',
    ],
    [
      'omitted maxGroups: nothing fits',
      input({ placement: spread(byCluster(1)), clusters: abc, replicas: 1 }),
      'refused: the spread constraints leave no cluster',
    ],
    [
      'too few clusters',
      input({ placement: spread(byCluster(4, 4)), clusters: abc, replicas: 1 }),
      'refused: 3 clusters fit, at least 4 are wanted',
    ],
    [
      'weaker ones are exchanged for capacity',
      input({
        placement: { ...dynamic, ...spread(byCluster(1, 1)) },
        clusters: [
          { name: 'a', pods: 1 },
          { name: 'b', pods: 9 },
        ],
        replicas: 5,
        previous: had(['a', 1]),
      }),
      'b=5',
    ],
    [
      'spread over regions',
      input({
        placement: spread(byRegion(2, 2), byCluster(2, 2)),
        clusters: [
          { name: 'a', region: 'eu', pods: 5 },
          { name: 'b', region: 'eu', pods: 9 },
          { name: 'c', region: 'us', pods: 1 },
          { name: 'd' },
        ],
        replicas: 1,
      }),
      'b=1 c=1',
    ],
    [
      'regions are filled up to the maximum of clusters',
      input({
        placement: spread(byRegion(2, 2), byCluster(1, 3)),
        clusters: [
          { name: 'a', region: 'eu', pods: 5 },
          { name: 'b', region: 'eu', pods: 9 },
          { name: 'c', region: 'us', pods: 1 },
        ],
        replicas: 1,
      }),
      'a=1 b=1 c=1',
    ],
    [
      'a region holds its share with as many clusters as are wanted',
      input({
        placement: {
          ...spread(byRegion(1, 1), byCluster(2, 2)),
          ...aggregated,
        },
        clusters: [
          { name: 'a', region: 'eu', pods: 9 },
          { name: 'b', region: 'eu', pods: 1 },
          { name: 'c', region: 'us', pods: 2 },
          { name: 'd', region: 'us', pods: 2 },
        ],
        replicas: 4,
        previous: had(['a', 1], ['c', 1], ['d', 1]),
      }),
      'c=3 d=1',
    ],
    [
      'too few regions',
      input({
        placement: spread(byRegion(2, 2), byCluster(1, 9)),
        clusters: [{ name: 'a', region: 'eu' }],
        replicas: 1,
      }),
      'refused: 1 region fits, at least 2 are wanted',
    ],
    [
      'zone alone is not supported',
      input({
        placement: spread({
          spreadByField: 'zone',
          minGroups: 1,
          maxGroups: 1,
        }),
        clusters: [{ name: 'a', zone: 'x' }],
        replicas: 1,
      }),
      'refused: only spread over clusters and regions is supported',
    ],
  ])('%s', (_, given, expected) => {
    expect(brief(decideKarmadaPolicy(given))).toBe(expected);
  });

  it('never gives away more or fewer replicas than wanted, nor more than there is capacity', () => {
    const given = fc.record({
      pods: fc.array(fc.integer({ min: 0, max: 20 }), {
        minLength: 1,
        maxLength: 8,
      }),
      replicas: fc.integer({ min: 1, max: 60 }),
      placement: fc.constantFrom(dynamic, aggregated),
    });
    fc.assert(
      fc.property(given, ({ pods, replicas, placement }) => {
        const clusters = pods.map((capacity, index) => ({
          name: `m${index}`,
          pods: capacity,
        }));
        const { verdicts, satisfied } = decideKarmadaPolicy(
          input({ placement, clusters, replicas }),
        );
        const total = pods.reduce((sum, capacity) => sum + capacity, 0);
        expect(satisfied).toBe(total >= replicas);
        const taken = verdicts.reduce(
          (sum, verdict) => sum + (verdict.replicas ?? 0),
          0,
        );
        expect(taken).toBe(satisfied ? replicas : 0);
        if (placement === aggregated) return; // Webster may round one cluster above its capacity there
        for (const { cluster, replicas: share = 0 } of verdicts) {
          expect(share).toBeLessThanOrEqual(pods[Number(cluster.slice(1))] + 1);
        }
      }),
    );
  });

  it('names changes that admit a refused cluster, and no smaller ones', () => {
    const flag = fc.boolean();
    const cluster = fc.record({
      deleting: fc.constant(false),
      apis: flag,
      tainted: flag,
      labelled: flag,
      region: flag,
    });
    fc.assert(
      fc.property(
        cluster,
        flag,
        flag,
        flag,
        (facts, names, excludes, spreads) => {
          const given = input({
            replicas: 1,
            placement: {
              clusterAffinity: {
                labelSelector: { matchLabels: { tier: 'gold' } },
                clusterNames: names ? ['b'] : [],
                exclude: excludes ? ['a'] : [],
              },
              ...(spreads && spread(byRegion(1, 1), byCluster(1, 1))),
            },
            clusters: [
              {
                name: 'a',
                apis: facts.apis,
                labels: facts.labelled ? { tier: 'gold' } : {},
                region: facts.region ? 'eu' : undefined,
                taints: facts.tainted
                  ? [{ key: 'x', effect: 'NoSchedule' }]
                  : [],
              },
            ],
          });
          const verdictOf = (question: KarmadaInput) =>
            decideKarmadaPolicy(question).verdicts[0];
          const { verdict, remedy } = verdictOf(given);
          if (verdict !== 'refused') return;
          const changes = listChanges(remedy!);
          const apply = (list: typeof changes) =>
            list.reduce(
              (question, change) => applyKarmadaChange(question, 'a', change),
              given,
            );
          expect(verdictOf(apply(changes)).verdict).not.toBe('refused');
          for (const left of changes) {
            expect(
              verdictOf(apply(changes.filter(change => change !== left)))
                .verdict,
            ).toBe('refused');
          }
        },
      ),
    );
  });
});

describe('more than twelve clusters with capacity for the same', () => {
  const clusters = Array.from({ length: 16 }, (_, index) => ({
    name: `m${String(index + 1).padStart(2, '0')}`,
    pods: 2 + (index % 3),
  }));

  it.each([
    [6, 'm10=3 m15=3'],
    [9, 'm09=3 m10=3 m15=3'],
    [18, 'm03=4 m06=4 m09=4 m10=3 m15=3'],
  ])(
    '%s replicas aggregate where the engine sorts them to',
    (replicas, want) => {
      const previous = had(['m09', 0], ['m10', 1]);
      const given = { placement: aggregated, clusters, replicas, previous };
      expect(brief(decideKarmadaPolicy(input(given)))).toBe(want);
    },
  );
});
