import type {
  ClusterFacts,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import {
  decideWithRetention,
  type RetentionInput,
  waitingToLeave,
} from './decideWithRetention';
import { findMisconfigured, keepWhereItWas } from './keepWhereItWas';
import type { PlacementInput } from './types';

const NOW = new Date('2026-11-20T12:00:00Z');

function cluster(
  name: string,
  known: Partial<ClusterFacts> = {},
): ClusterFacts {
  return {
    name,
    labels: {},
    claims: {},
    taints: [],
    freshness: 'live',
    ...known,
  };
}

const draining = { draining: true };
const gone: Partial<ClusterFacts> = {
  freshness: 'unreachable',
  observedAt: '2026-11-20T11:00:00Z',
};

function question(over: Partial<PlacementInput> = {}): PlacementInput {
  return {
    spec: { numberOfClusters: 1 },
    clusters: [cluster('a', draining), cluster('b')],
    previous: ['a'],
    failoverAfterSeconds: 300,
    ...over,
  };
}

describe('decideWithRetention', () => {
  it.each<[string, Partial<PlacementInput>, string[], string[]]>([
    ['moves what finds a place', {}, ['b'], []],
    [
      'keeps what finds none',
      { clusters: [cluster('a', draining), cluster('b', draining)] },
      ['a'],
      ['a'],
    ],
    [
      'keeps as many as are missing, by name',
      {
        spec: { numberOfClusters: 2 },
        clusters: [
          cluster('a', draining),
          cluster('b', draining),
          cluster('c'),
        ],
        previous: ['a', 'b'],
      },
      ['a', 'c'],
      ['a'],
    ],
    [
      'leaves where all that fit are wanted and another is left',
      { spec: {}, clusters: [cluster('a', draining), cluster('b')] },
      ['b'],
      [],
    ],
    [
      'and stays where nothing else is left',
      { spec: {}, clusters: [cluster('a', draining)] },
      ['a'],
      ['a'],
    ],
    [
      'keeps on a silent cluster what finds no other',
      { clusters: [cluster('a', gone)] },
      ['a'],
      ['a'],
    ],
    [
      'moves it from there where it does',
      { clusters: [cluster('a', gone), cluster('b')] },
      ['b'],
      [],
    ],
    [
      'keeps nothing that never ran there',
      { previous: [], clusters: [cluster('a', draining)] },
      [],
      [],
    ],
    [
      'keeps nothing that another rule sends away too',
      {
        clusters: [
          cluster('a', {
            ...draining,
            taints: [{ key: 'x', effect: 'NoSelect' }],
          }),
        ],
      },
      [],
      [],
    ],
    [
      'keeps who may wait, not who has to leave or never ran there',
      {
        clusters: [
          cluster('a', {
            ...draining,
            taints: [{ key: 'x', effect: 'NoSelect' }],
          }),
          cluster('b', draining),
          cluster('c', draining),
        ],
        previous: ['a', 'c'],
      },
      ['c'],
      ['c'],
    ],
    [
      'keeps nobody whose labels are no longer wanted',
      {
        spec: {
          numberOfClusters: 1,
          predicates: [
            {
              requiredClusterSelector: {
                labelSelector: { matchLabels: { env: 'prod' } },
              },
            },
          ],
        },
        clusters: [
          cluster('a', draining),
          cluster('b', { ...draining, labels: { env: 'prod' } }),
        ],
        previous: ['a', 'b'],
      },
      ['b'],
      ['b'],
    ],
    [
      'keeps nothing on a cluster that is being deleted',
      { clusters: [cluster('a', { deleting: true })] },
      [],
      [],
    ],
  ])('%s', (_, over, chosen, waiting) => {
    const decision = decideWithRetention(question(over), NOW);
    expect(decision.chosen).toEqual(chosen);
    expect(waitingToLeave(decision)).toEqual(waiting);
  });

  it('counts the silence from when somebody began to listen', () => {
    const at = (silentSince: string) =>
      decideWithRetention(
        question({
          clusters: [cluster('a', { ...gone, silentSince }), cluster('b')],
        }),
        NOW,
      ).chosen;
    expect(at('2026-11-20T11:55:00.001Z')).toEqual(['a']);
    expect(at('2026-11-20T11:55:00Z')).toEqual(['b']);
  });

  it('comes back to where it ran before, if that takes it as something new', () => {
    const clusters = (home: Partial<ClusterFacts>) => [
      cluster('a'),
      cluster('b', home),
    ];
    const from = (home: Partial<ClusterFacts>) =>
      decideWithRetention(
        question({ clusters: clusters(home), previous: [], returning: ['b'] }),
        NOW,
      );
    expect(from({}).verdicts[0]).toMatchObject({
      cluster: 'b',
      verdict: 'chosen',
      reasons: expect.arrayContaining([{ rule: 'comes-back', facts: {} }]),
    });
    expect(from({ cordoned: true }).chosen).toEqual(['a']);
  });

  it.each<[string, Partial<PlacementInput>, string[]]>([
    ['stays away for a while', { previous: ['a'], absentFrom: ['b'] }, ['a']],
    [
      'stays away where it would be chosen else',
      { previous: [], absentFrom: ['a'] },
      ['b'],
    ],
    [
      'comes back early rather than run on fewer clusters',
      { spec: { numberOfClusters: 2 }, absentFrom: ['b'] },
      ['a', 'b'],
    ],
    [
      'comes back early rather than stay on a cluster that is drained',
      {
        clusters: [cluster('a', draining), cluster('b')],
        absentFrom: ['b'],
      },
      ['b'],
    ],
    [
      'is not kept from all that fit for longer than needed',
      { spec: {}, clusters: [cluster('b')], previous: [], absentFrom: ['b'] },
      ['b'],
    ],
    [
      'where all that fit are wanted, waits with those it left',
      { spec: {}, absentFrom: ['b'] },
      ['a'],
    ],
    [
      'nothing is said of a cluster that is out of contact',
      {
        clusters: [cluster('a'), cluster('b', gone)],
        previous: ['b'],
        absentFrom: ['b'],
        failoverAfterSeconds: undefined,
      },
      ['b'],
    ],
  ])('%s', (_, over, chosen) => {
    const clusters = [cluster('a'), cluster('b')];
    expect(
      decideWithRetention(question({ clusters, ...over }), NOW).chosen,
    ).toEqual(chosen);
  });

  it('says why it stays away', () => {
    const { verdicts } = decideWithRetention(
      question({
        clusters: [cluster('a'), cluster('b')],
        previous: ['a'],
        absentFrom: ['b'],
      }),
      NOW,
    );
    expect(verdicts[1]).toEqual({
      cluster: 'b',
      verdict: 'refused',
      reasons: [{ rule: 'failback-hold', facts: {} }],
    });
  });

  it.each<[string, PlacementSpec]>([
    [
      'an expression that does not compile',
      {
        predicates: [
          {
            requiredClusterSelector: {
              celSelector: { celExpressions: ['managedCluster.'] },
            },
          },
        ],
      },
    ],
    [
      'a selector with an unknown operator',
      {
        predicates: [
          {
            requiredClusterSelector: {
              labelSelector: {
                matchExpressions: [{ key: 'env', operator: 'Like' as 'In' }],
              },
            },
          },
        ],
      },
    ],
    [
      'a toleration without a key',
      { tolerations: [{ operator: 'Equal', value: 'x' }] },
    ],
    [
      'a prioritizer nobody knows',
      {
        prioritizerPolicy: {
          configurations: [
            { scoreCoordinate: { type: 'BuiltIn', builtIn: 'Fastest' } },
          ],
        },
      },
    ],
    [
      'a size of groups that is no number',
      {
        decisionStrategy: {
          groupStrategy: { clustersPerDecisionGroup: 'half' },
        },
      },
    ],
  ])('keeps what runs where it is: %s', (_, spec) => {
    const given = question({
      spec: { numberOfClusters: 2, ...spec },
      clusters: [cluster('d'), cluster('a'), cluster('b', draining)],
      previous: ['b', 'a', 'gone'],
      absentFrom: ['d'],
    });
    const { notes, ...decision } = decideWithRetention(given, NOW);
    const { why, next } = findMisconfigured({ notes })!;
    expect(notes).toEqual([
      { rule: 'misconfigured', facts: { why, next, kept: true } },
    ]);
    expect(why.length).toBeGreaterThan(10);
    expect(next).toMatch(/^Correct the placement/);
    const stays = { rule: 'stays-undecided', facts: { why } };
    expect(decision).toEqual({
      satisfied: false,
      wanted: 2,
      chosen: ['a', 'b'],
      verdicts: [
        { cluster: 'a', verdict: 'chosen', reasons: [stays] },
        { cluster: 'b', verdict: 'chosen', reasons: [stays] },
        {
          cluster: 'd',
          verdict: 'refused',
          reasons: [{ rule: 'misconfigured', facts: { why } }],
          remedy: { rule: 'mend-placement', facts: { next } },
        },
      ],
    });
    // Nothing runs yet: nothing is chosen.
    const fresh = decideWithRetention({ ...given, previous: [] }, NOW);
    expect([fresh.chosen, fresh.notes]).toEqual([
      [],
      [{ rule: 'misconfigured', facts: { why, next } }],
    ]);
    // Mended: it is decided again.
    const mended = { ...given, spec: { numberOfClusters: 2 } };
    expect(findMisconfigured(decideWithRetention(mended, NOW))).toBeUndefined();
  });

  const asking = (...labels: string[]) => ({
    requiredClusterSelector: {
      celSelector: {
        celExpressions: labels.map(
          key => `managedCluster.metadata.labels["${key}"] == "yes"`,
        ),
      },
    },
  });
  const labelled = {
    requiredClusterSelector: {
      labelSelector: { matchLabels: { gold: 'yes' } },
    },
  };
  const yes = (key: string) => ({ labels: { [key]: 'yes' } });

  it.each<[string, Partial<PlacementInput>, string[], string[]]>([
    [
      'stays where an expression fails and no other cluster is judged',
      { spec: { predicates: [asking('gold')] } },
      ['a'],
      ['a'],
    ],
    [
      'moves where another one is',
      {
        spec: { numberOfClusters: 1, predicates: [asking('gold')] },
        clusters: [cluster('a'), cluster('b', yes('gold'))],
      },
      ['b'],
      [],
    ],
    [
      'leaves where the expression is false',
      {
        spec: { predicates: [asking('gold')] },
        clusters: [cluster('a', { labels: { gold: 'no' } })],
      },
      [],
      [],
    ],
    [
      'leaves where one expression fails and another is false',
      {
        spec: { predicates: [asking('gold', 'fast')] },
        clusters: [cluster('a', { labels: { fast: 'no' } })],
      },
      [],
      [],
    ],
    [
      'leaves where a label says no beside it',
      {
        spec: {
          predicates: [
            {
              requiredClusterSelector: {
                ...labelled.requiredClusterSelector,
                ...asking('fast').requiredClusterSelector,
              },
            },
          ],
        },
      },
      [],
      [],
    ],
    [
      'stays where one of two alternatives cannot be told',
      { spec: { predicates: [labelled, asking('fast')] } },
      ['a'],
      ['a'],
    ],
    [
      'leaves for another rule, whatever the expression does',
      {
        spec: { predicates: [asking('gold')] },
        clusters: [cluster('a', { deleting: true })],
      },
      [],
      [],
    ],
    [
      'comes to no cluster on which it fails',
      { spec: { predicates: [asking('gold')] }, previous: [] },
      [],
      [],
    ],
  ])('%s', (_, over, chosen, waiting) => {
    const decision = decideWithRetention(
      question({ clusters: [cluster('a'), cluster('b')], ...over }),
      NOW,
    );
    expect(decision.chosen).toEqual(chosen);
    expect(waitingToLeave(decision)).toEqual(waiting);
  });

  it('keeps the groups that were decided', () => {
    const before = {
      chosen: ['b', 'a'],
      verdicts: [
        {
          cluster: 'b',
          verdict: 'chosen' as const,
          reasons: [],
          group: '1 rest',
        },
        {
          cluster: 'a',
          verdict: 'chosen' as const,
          reasons: [],
          group: '0 canary',
        },
      ],
    };
    const fault = { why: 'Nobody knows', next: 'Ask' };
    const kept = keepWhereItWas([cluster('b'), cluster('a')], before, fault);
    expect(
      kept.verdicts.map(({ cluster: name, group }) => [name, group]),
    ).toEqual([
      ['a', '0 canary'],
      ['b', '1 rest'],
    ]);
    expect(kept.wanted).toBeUndefined();
  });
});

describe('coming back after a loss', () => {
  const LIVE = ['a', 'b', 'c'].map(name => cluster(name));
  const returning = {
    cluster: 'a',
    standIns: ['b'],
    state: 'returning' as const,
  };
  const before = (...chosen: string[]) => ({ chosen, verdicts: [] });

  it.each<[string, Partial<RetentionInput>, string[]]>([
    [
      'goes back in the place of what stood in for it',
      { previous: ['b'], before: before('b'), failovers: [returning] },
      ['a'],
    ],
    [
      'stays where the cluster does not take it',
      {
        clusters: [cluster('a', { cordoned: true }), ...LIVE.slice(1)],
        previous: ['b'],
        before: before('b'),
        failovers: [returning],
      },
      ['b'],
    ],
    [
      'stays where it would run on fewer clusters than before',
      {
        spec: { numberOfClusters: 1 },
        previous: ['b', 'c'],
        before: before('b', 'c'),
        failovers: [{ ...returning, standIns: ['b', 'c'] }],
      },
      ['b'],
    ],
    [
      'does not come back while it is not its turn',
      {
        previous: ['b'],
        before: before('b'),
        failovers: [{ ...returning, state: 'away' }],
      },
      ['b'],
    ],
    [
      'comes back early where it would run on fewer clusters else',
      {
        clusters: [cluster('a'), cluster('b', { deleting: true })],
        previous: ['b'],
        before: before('b'),
        failovers: [{ ...returning, state: 'away' }],
      },
      ['a'],
    ],
  ])('%s', (_, over, chosen) => {
    const given = { ...question({ clusters: LIVE }), ...over };
    expect(decideWithRetention(given, NOW).chosen).toEqual(chosen);
  });
});
