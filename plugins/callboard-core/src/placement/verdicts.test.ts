import type {
  ClusterFacts,
  PlacementDecision,
  PlacementRemedy,
  PlacementSpec,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { decidePlacement } from './decidePlacement';
import { decideOcmPlacement } from './ocm';
import { applyChange, type Changeable, listChanges } from './remedy';
import {
  describeDecision,
  describePlacementReason,
  describeRemedy,
} from './sentences';
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

function decide(
  clusters: ClusterFacts[],
  question: Partial<PlacementInput> = {},
): PlacementDecision {
  return decidePlacement(
    { spec: {}, clusters, previous: [], ...question },
    NOW,
  );
}

/** What a person reads of one cluster; scores are left to tests of their own. */
function read({ verdict, reasons, remedy }: PlacementVerdict): string[] {
  return [
    verdict,
    ...reasons
      .filter(({ rule }) => rule !== 'score')
      .map(describePlacementReason),
    ...(remedy ? [`→ ${describeRemedy(remedy)}`] : []),
  ];
}

/** What becomes of the cluster once everything is done that its remedy says. */
function verdictAfter(
  remedy: PlacementRemedy,
  facts: ClusterFacts,
  question: Partial<PlacementInput>,
): string {
  const { spec = {}, requires } = question;
  const changed = listChanges(remedy).reduce<Changeable>(applyChange, {
    cluster: facts,
    spec,
    requires,
  });
  return decide([changed.cluster], { ...question, ...changed }).verdicts[0]
    .verdict;
}

const running = { previous: ['c'] };
const kept = { previous: ['c'], keeps: ['c'] };
const STAYS = 'Already runs here and stays';
const silent: Partial<ClusterFacts> = {
  freshness: 'unreachable',
  observedAt: '2026-11-20T11:50:00Z',
};
const blueprint = (name: string, ...inherits: string[]) => ({
  blueprint: { name, version: 1, state: 'active', inherits },
});
const taint = (key: string, value?: string) => ({
  key,
  ...(value !== undefined && { value }),
  effect: 'NoSelect' as const,
});
const needing = (
  ...selectors: Array<{
    labels?: Record<string, string>;
    claim?: [key: string, ...values: string[]];
    expressions?: string[];
  }>
): { spec: PlacementSpec } => ({
  spec: {
    predicates: selectors.map(({ labels, claim, expressions }) => ({
      requiredClusterSelector: {
        labelSelector: { matchLabels: labels },
        ...(claim && {
          claimSelector: {
            matchExpressions: [
              { key: claim[0], operator: 'In', values: claim.slice(1) },
            ],
          },
        }),
        ...(expressions && { celSelector: { celExpressions: expressions } }),
      },
    })),
  },
});

describe('a verdict', () => {
  it.each<[string, Partial<ClusterFacts>, Partial<PlacementInput>, string[]]>([
    [
      'new on a cordoned cluster',
      { cordoned: true },
      {},
      [
        'refused',
        'It is cordoned: nothing new is placed on it',
        '→ Uncordon the cluster',
      ],
    ],
    [
      'running on a cordoned cluster, whatever else it may wait for',
      { cordoned: true },
      kept,
      ['chosen', STAYS, 'It is cordoned; what runs there stays'],
    ],
    [
      'new on a drained cluster',
      { draining: true },
      { keeps: ['c'] },
      [
        'refused',
        'It is being drained: what runs there leaves',
        '→ Stop draining the cluster',
      ],
    ],
    [
      'running on a drained cluster while nothing takes it',
      { draining: true },
      kept,
      [
        'chosen',
        STAYS,
        'It is being drained; what runs there stays until another cluster takes it',
      ],
    ],
    [
      'new on a silent cluster, whenever others move from it',
      silent,
      { failoverAfterSeconds: 600 },
      [
        'refused',
        'No contact since 20 Nov 2026, 11:50:00 UTC; nothing new is placed on it',
        '→ Bring the cluster back in contact',
      ],
    ],
    [
      'running on a silent cluster for good',
      silent,
      running,
      [
        'chosen',
        STAYS,
        'No contact since 20 Nov 2026, 11:50:00 UTC; what runs there stays',
      ],
    ],
    [
      'running on a silent cluster for a while',
      silent,
      { ...running, failoverAfterSeconds: 900 },
      [
        'chosen',
        STAYS,
        'No contact since 20 Nov 2026, 11:50:00 UTC; what runs there stays for 15 min',
      ],
    ],
    [
      'running on a silent cluster for too long',
      silent,
      { ...running, failoverAfterSeconds: 600 },
      [
        'refused',
        'No contact since 20 Nov 2026, 11:50:00 UTC; what runs there moves after 10 min',
        '→ Bring the cluster back in contact',
      ],
    ],
    [
      'running on a silent cluster while nothing takes it',
      silent,
      { ...kept, failoverAfterSeconds: 600 },
      [
        'chosen',
        STAYS,
        'No contact since 20 Nov 2026, 11:50:00 UTC; what runs there stays until another cluster takes it',
      ],
    ],
    [
      'coming back',
      {},
      { returning: ['c'] },
      ['chosen', 'Ran here before the cluster was lost, and comes back'],
    ],
    [
      'not back for good',
      {},
      { absentFrom: ['c'] },
      [
        'refused',
        'In contact again after it was lost; the app comes back once it has stayed for a while',
      ],
    ],
    [
      'no blueprint',
      {},
      { requires: { blueprint: 'golden' } },
      [
        'refused',
        'It runs no blueprint; the app requires golden',
        '→ Have the cluster run blueprint golden',
      ],
    ],
    [
      'a blueprint that nobody describes',
      { unknownBlueprint: 'odd' },
      { requires: { blueprint: 'golden' } },
      [
        'refused',
        'Its blueprint odd is not an active one of the platform; the app requires golden',
        '→ Have the cluster run blueprint golden',
      ],
    ],
    [
      'another blueprint, whatever is said of one nobody describes',
      { ...blueprint('pci'), unknownBlueprint: 'odd' },
      { requires: { blueprint: 'golden' } },
      [
        'refused',
        'It runs blueprint pci; the app requires golden',
        '→ Have the cluster run blueprint golden',
      ],
    ],
    [
      'a blueprint based on the required one',
      blueprint('pci', 'golden'),
      { requires: { blueprint: 'golden' } },
      ['chosen', 'It runs blueprint pci, which is based on golden'],
    ],
    [
      'kept for another blueprint: one change serves both rules',
      {
        ...blueprint('pci'),
        taints: [taint('callboard.dev/blueprint', 'pci')],
      },
      { requires: { blueprint: 'golden' } },
      [
        'refused',
        'It runs blueprint pci; the app requires golden',
        'Reserved for apps that require blueprint pci',
        '→ Require blueprint pci in app.yaml',
      ],
    ],
    [
      'kept for its own blueprint',
      {
        ...blueprint('pci'),
        taints: [taint('callboard.dev/blueprint', 'pci')],
      },
      { requires: { blueprint: 'pci' } },
      [
        'chosen',
        'It runs blueprint pci',
        'Reserved for apps that require blueprint pci, as this one does',
      ],
    ],
    [
      'another taint with the name of the blueprint',
      { ...blueprint('pci'), taints: [taint('team', 'pci')] },
      { requires: { blueprint: 'pci' } },
      [
        'refused',
        'Reserved for others: taint team=pci (NoSelect)',
        '→ Tolerate taint team in the placement',
      ],
    ],
    [
      'taints of a blueprint and of others',
      {
        ...blueprint('pci'),
        taints: [
          taint('z'),
          taint('callboard.dev/blueprint', 'pci'),
          taint('a', 'x'),
          taint('z', 'y'),
        ],
      },
      {},
      [
        'refused',
        'Reserved for others: taint z (NoSelect)',
        'Reserved for apps that require blueprint pci',
        'Reserved for others: taint a=x (NoSelect)',
        'Reserved for others: taint z=y (NoSelect)',
        '→ Require blueprint pci in app.yaml, tolerate taint a in the placement and tolerate taint z in the placement',
      ],
    ],
    [
      'a taint without a value is tolerated by its key',
      { taints: [taint('team')] },
      { spec: { tolerations: [{ key: 'team' }] } },
      ['chosen', 'Its taint team is tolerated'],
    ],
    [
      'and not by a value',
      { taints: [taint('team')] },
      { spec: { tolerations: [{ key: 'team', value: 'a' }] } },
      [
        'refused',
        'Reserved for others: taint team (NoSelect)',
        '→ Tolerate taint team in the placement',
      ],
    ],
    [
      'no cluster set',
      {},
      { spec: { clusterSets: ['gold', 'silver'] } },
      [
        'refused',
        'Needs cluster set gold or silver; this one is in none',
        '→ Move the cluster into cluster set gold',
      ],
    ],
    [
      'one of several cluster sets',
      { clusterSet: 'silver' },
      { spec: { clusterSets: ['gold', 'silver'] } },
      ['chosen'],
    ],
    [
      'too little capacity of one kind',
      { free: { cpuMillicores: 300, pods: 9 } },
      { needs: { cpuMillicores: 500, pods: 1 } },
      [
        'refused',
        'Not enough capacity: 0.3 CPU free, 0.5 CPU needed',
        '→ Free up 0.5 CPU on the cluster',
      ],
    ],
    [
      'another claim',
      { claims: { provider: 'aws' } },
      needing({ claim: ['provider', 'gcp', 'azure'] }),
      [
        'refused',
        'Needs provider gcp or azure; this one has provider aws',
        '→ Have the cluster claim provider=gcp',
      ],
    ],
    [
      'claims that contradict each other: nothing helps',
      {},
      {
        spec: {
          predicates: [
            {
              requiredClusterSelector: {
                claimSelector: {
                  matchExpressions: [
                    { key: 'gpu', operator: 'Exists' },
                    { key: 'gpu', operator: 'DoesNotExist' },
                  ],
                },
              },
            },
          ],
        },
      },
      ['refused', 'Needs any claim gpu; this one has none'],
    ],
    [
      'alternatives, of which one takes fewer changes',
      { labels: { env: 'dev' } },
      needing(
        { labels: { env: 'prod', region: 'eu' } },
        { labels: { env: 'qa' } },
      ),
      [
        'refused',
        'Needs a prod cluster; this one is dev (alternative 1)',
        'Needs region eu; this one has no label region (alternative 1)',
        'Needs a qa cluster; this one is dev (alternative 2)',
        '→ Label the cluster env=qa',
      ],
    ],
    [
      'alternatives, of which one fits',
      { labels: { env: 'dev' } },
      needing({ labels: { env: 'prod' } }, { labels: { env: 'dev' } }),
      ['chosen'],
    ],
    [
      'an alternative that asks for nothing',
      {},
      { spec: { predicates: [{}] } },
      ['chosen'],
    ],
    [
      'an expression that is false, and a label',
      {},
      needing({ labels: { env: 'prod' }, expressions: ['1 == 2'] }),
      [
        'refused',
        'Needs env prod; this one has no label env',
        'The expression 1 == 2 is false for it',
        '→ Label the cluster env=prod and take the expression 1 == 2 out of the placement',
      ],
    ],
    [
      'an expression that is neither',
      {},
      needing({ expressions: ['1 + 1'] }),
      [
        'refused',
        'The expression 1 + 1 is neither true nor false for it',
        '→ Take the expression 1 + 1 out of the placement',
      ],
    ],
    [
      'running where an expression fails and another alternative says no',
      {},
      {
        ...needing({ expressions: ['1 / 0 == 1'] }, { labels: { env: 'qa' } }),
        ...kept,
      },
      [
        'chosen',
        STAYS,
        'It cannot be judged, as the expression 1 / 0 == 1 fails on it: division by zero; what runs there stays until another cluster takes it',
      ],
    ],
    ['waiting for nothing', {}, kept, ['chosen', STAYS]],
    [
      'a label and a claim that must not be there',
      { labels: { old: 'yes', env: 'prod' }, claims: { old: 'yes', x: 'y' } },
      {
        spec: {
          predicates: [
            {
              requiredClusterSelector: {
                labelSelector: {
                  matchLabels: { env: 'prod' },
                  matchExpressions: [{ key: 'old', operator: 'DoesNotExist' }],
                },
                claimSelector: {
                  matchExpressions: [
                    { key: 'old', operator: 'NotIn', values: ['yes'] },
                    { key: 'x', operator: 'Exists' },
                  ],
                },
              },
            },
          ],
        },
      },
      [
        'refused',
        'Must not have a label old; this one has old yes',
        'Must not have old yes, as this one has',
        "→ Remove the cluster's label old and have the cluster drop its claim old",
      ],
    ],
    [
      'expressions, of which one is in the way',
      {},
      needing(
        { expressions: ['1 == 1', '1 == 2'], claim: ['gpu', 'yes'] },
        { expressions: ['2 == 2', '2 == 3'] },
      ),
      [
        'refused',
        'Needs gpu yes; this one has no claim gpu (alternative 1)',
        'The expression 1 == 2 is false for it (alternative 1)',
        'The expression 2 == 3 is false for it (alternative 2)',
        '→ Take the expression 2 == 3 out of the placement',
      ],
    ],
    [
      'tolerated for one reason, not for another',
      { taints: [taint('a'), taint('b')] },
      { spec: { tolerations: [{ key: 'a', operator: 'Exists' }] } },
      [
        'refused',
        'Reserved for others: taint b (NoSelect)',
        '→ Tolerate taint b in the placement',
      ],
    ],
    [
      'several rules at once',
      { draining: true, freshness: 'stale', free: { pods: 0 } },
      { needs: { pods: 2 }, spec: { clusterSets: ['gold'] } },
      [
        'refused',
        'Needs cluster set gold; this one is in none',
        'Not enough capacity: 0 more instances fit, 2 needed',
        'Never in contact yet; nothing new is placed on it',
        'It is being drained: what runs there leaves',
        '→ Move the cluster into cluster set gold, free up places for 2 instances on the cluster, bring the cluster back in contact and stop draining the cluster',
      ],
    ],
  ])('%s', (_, facts, question, expected) => {
    const given = cluster('c', facts);
    const [verdict] = decide([given], question).verdicts;
    expect(read(verdict)).toEqual(expected);
    const after = verdict.remedy
      ? verdictAfter(verdict.remedy, given, question)
      : 'chosen';
    expect(after).toBe('chosen');
  });

  it('is told of the first faultless change where several are as small', () => {
    const facts = cluster('c', blueprint('golden'));
    const question = { requires: { blueprint: 'pci' } };
    const [{ remedy }] = decide([facts], question).verdicts;
    expect(describeRemedy(remedy!)).toBe('Have the cluster run blueprint pci');
  });

  it('holds the facts that a program needs', () => {
    const factsOf = (
      facts: Partial<ClusterFacts>,
      question: Partial<PlacementInput>,
    ) =>
      decide([cluster('c', facts)], question).verdicts[0].reasons.map(
        reason => reason.facts,
      );
    expect(factsOf({ freshness: 'stale' }, {})).toEqual([
      { freshness: 'stale' },
    ]);
    expect(factsOf({}, { spec: { clusterSets: ['gold'] } })).toEqual([
      { actual: [], wanted: ['gold'] },
    ]);
    const asked = needing({ expressions: ['1 == 2'] }, { expressions: ['3'] });
    expect(decide([cluster('c')], asked).verdicts[0]).toMatchObject({
      reasons: [
        { facts: { expression: '1 == 2', outcome: 'false', predicate: 1 } },
        { facts: { expression: '3', predicate: 2 } },
      ],
      remedy: {
        rule: 'drop-expression',
        facts: { expression: '1 == 2', predicate: 1 },
      },
    });
  });
});

describe('verdicts of a spread', () => {
  const over = (...topologyKeys: string[]): PlacementSpec => ({
    spreadPolicy: {
      spreadConstraints: topologyKeys.map(topologyKey => ({
        topologyKey,
        topologyKeyType: 'Label',
        whenUnsatisfiable: 'DoNotSchedule',
      })),
    },
  });
  const at = (name: string, region: string, zone = region) =>
    cluster(name, { labels: { region, zone } });
  const readAll = (decision: PlacementDecision) =>
    Object.fromEntries(
      decision.verdicts.map(verdict => [verdict.cluster, read(verdict)]),
    );

  it('say what each covers, and what would be uneven by how much', () => {
    const clusters = [
      at('a', 'eu'),
      at('b', 'eu'),
      at('c', 'eu'),
      at('d', 'us'),
      cluster('e'),
    ];
    expect(readAll(decide(clusters, { spec: over('region') }))).toEqual({
      a: ['chosen', 'It covers region eu'],
      b: ['chosen', 'It covers region eu'],
      d: ['chosen', 'It covers region us'],
      c: [
        'refused',
        'It would put 2 more into region eu than elsewhere; at most 1 is allowed',
        '→ Raise maxSkew of the spread over region to 2',
      ],
      e: ['refused', 'It has no region, over which the app is spread'],
    });
  });

  it('name only the constraint that stands in the way', () => {
    const clusters = [
      at('a', 'eu', 'x'),
      at('b', 'us', 'y'),
      at('c', 'eu', 'z'),
      at('d', 'eu', 'z'),
      cluster('e', { labels: { region: 'eu' } }),
    ];
    expect(readAll(decide(clusters, { spec: over('region', 'zone') }))).toEqual(
      {
        a: ['chosen', 'It covers region eu', 'It covers zone x'],
        b: ['chosen', 'It covers region us', 'It covers zone y'],
        c: ['chosen', 'It covers region eu', 'It covers zone z'],
        d: [
          'refused',
          'It would put 2 more into region eu than elsewhere; at most 1 is allowed',
          '→ Raise maxSkew of the spread over region to 2',
        ],
        e: [
          'refused',
          'It would put 2 more into region eu than elsewhere; at most 1 is allowed',
          'It has no zone, over which the app is spread',
        ],
      },
    );
  });

  it('tell of a cluster without a place when the spread is soft', () => {
    const spec: PlacementSpec = {
      spreadPolicy: {
        spreadConstraints: [
          { topologyKey: 'region', topologyKeyType: 'Label' },
        ],
      },
    };
    expect(readAll(decide([at('a', 'eu'), cluster('b')], { spec }))).toEqual({
      a: ['chosen', 'It covers region eu'],
      b: ['chosen'],
    });
  });

  it('are only noted where the engine ignores them', () => {
    const ask = (spec: PlacementSpec) =>
      decideOcmPlacement(
        { spec, clusters: [at('a', 'eu')], previous: [] },
        NOW,
      ).notes.map(describePlacementReason);
    expect(ask(over('region'))).toEqual([
      'spreadPolicy is ignored, as the engine ignores it',
    ]);
    expect(ask({})).toEqual([]);
  });
});

describe('scores', () => {
  const by = (
    builtIn: string,
    weight: number,
    numberOfClusters = 1,
  ): PlacementSpec => ({
    numberOfClusters,
    prioritizerPolicy: {
      mode: 'Exact',
      configurations: [
        { scoreCoordinate: { type: 'BuiltIn', builtIn }, weight },
      ],
    },
  });
  const scores = (decision: PlacementDecision) =>
    Object.fromEntries(
      decision.verdicts.map(({ cluster: name, score }) => [name, score]),
    );

  it('are told of who was chosen and who was left, with their weight', () => {
    const { verdicts } = decide([cluster('a'), cluster('b')], {
      spec: by('Balance', 3),
      others: { a: 4 },
    });
    expect(
      verdicts.map(({ verdict, score, reasons }) => [
        verdict,
        score,
        ...reasons.map(describePlacementReason),
      ]),
    ).toEqual([
      [
        'chosen',
        300,
        'Preferred: fewer apps run here than elsewhere, counted 3 times',
      ],
      [
        'spare',
        -300,
        'It fits, but 1 cluster was chosen before it',
        'Less preferred: more apps run here than elsewhere, counted 3 times',
      ],
    ]);
  });

  it.each<[string, Record<string, number>, Record<string, number>]>([
    [
      'the fullest is the worst',
      { a: 1, b: 2, c: 4 },
      { a: 50, b: 0, c: -100 },
    ],
    [
      'halves are cut off before doubling',
      { a: 1, b: 3 },
      { a: 32, b: -100, c: 100 },
    ],
    ['nobody carries anything', {}, { a: 100, b: 100, c: 100 }],
  ])('by Balance: %s', (_, others, expected) => {
    const clusters = ['a', 'b', 'c'].map(name => cluster(name));
    const decision = decide(clusters, { spec: by('Balance', 1, 3), others });
    expect(scores(decision)).toEqual(expected);
  });

  const cpu = (cores: number) => ({
    allocatable: { cpuCores: cores },
    capacity: { cpuCores: cores },
  });
  it.each<[string, ClusterFacts[], Record<string, number>]>([
    [
      'between the least and the most',
      [2, 4, 6, 10].map(cores => cluster(`of-${cores}`, cpu(cores))),
      { 'of-2': -100, 'of-4': -50, 'of-6': 0, 'of-10': 100 },
    ],
    [
      'what is not known counts as the middle',
      [
        cluster('a', cpu(2)),
        cluster('b', cpu(3)),
        cluster('c'),
        cluster('d', { allocatable: { cpuCores: 99 } }),
      ],
      { a: -100, b: 100, c: 0, d: 0 },
    ],
    [
      'all the same are all the best',
      [cluster('a', cpu(2)), cluster('b', cpu(2))],
      { a: 100, b: 100 },
    ],
  ])('by allocatable CPU: %s', (_, clusters, expected) => {
    const spec = by('ResourceAllocatableCPU', 1, clusters.length);
    expect(scores(decide(clusters, { spec }))).toEqual(expected);
  });

  it('of an add-on are those of its resource', () => {
    const spec: PlacementSpec = {
      prioritizerPolicy: {
        mode: 'Exact',
        configurations: [
          {
            scoreCoordinate: {
              type: 'AddOn',
              addOn: { resourceName: 'load', scoreName: 'cpu' },
            },
            weight: 1,
          },
        ],
      },
    };
    const clusters = [
      cluster('a', { scores: { 'load/cpu': 7, cpu: 1 } }),
      cluster('b', {
        scores: { 'load/cpu': 7 },
        addOnScores: [
          { resource: 'other', scores: [{ name: 'cpu', value: 1 }] },
          { resource: 'load', scores: [{ name: 'cpu', value: 9 }] },
        ],
      }),
      cluster('c'),
    ];
    expect(scores(decide(clusters, { spec }))).toEqual({ a: 7, b: 9, c: 0 });
  });

  it.each<[string, PlacementSpec, string]>([
    ['steady by itself', { numberOfClusters: 1 }, 'b'],
    ['only balanced', by('Balance', 1), 'a'],
    ['restless', by('Steady', -1), 'a'],
  ])('%s', (_, spec, expected) => {
    const decision = decide([cluster('a'), cluster('b')], {
      spec,
      previous: ['b'],
      others: { b: 5 },
    });
    expect(decision.chosen).toEqual([expected]);
  });
});

describe('a placement that makes no sense', () => {
  const labelled = cluster('b', { labels: { env: 'prod' } });
  const tainted = cluster('a', {
    labels: { env: 'prod' },
    taints: [taint('team')],
  });
  const faulty: PlacementSpec = {
    ...needing({ labels: { env: 'prod' } }).spec,
    numberOfClusters: 2,
    tolerations: [{ operator: 'Equal', value: 'x' }],
  };
  const WHY = 'A toleration without a key needs the operator Exists';

  it.each<[string, ClusterFacts[]]>([
    ['a cluster fits', [labelled]],
    ['nothing but a taint is in the way', [tainted]],
  ])('is told where tolerations are asked: %s', (_, clusters) => {
    const decision = decide([...clusters, cluster('0')], { spec: faulty });
    expect(decision).toMatchObject({
      satisfied: false,
      wanted: 2,
      chosen: [],
      notes: [{ rule: 'misconfigured', facts: { why: WHY } }],
    });
    expect(decision.verdicts.map(read)).toEqual([
      ['refused', `The placement cannot be judged: ${WHY}`],
      ['refused', `The placement cannot be judged: ${WHY}`],
    ]);
    expect(decision.verdicts.map(verdict => verdict.cluster)).toEqual([
      '0',
      clusters[0].name,
    ]);
    expect(describeDecision(decision, { environment: 'prod' })).toBe(
      `Runs on no cluster in prod. The placement cannot be judged: ${WHY}.`,
    );
  });

  it('is not told where nobody asks', () => {
    const other = cluster('a', { taints: [taint('team')] });
    const { verdicts } = decide([other], { spec: faulty });
    expect(verdicts[0].reasons.map(({ rule }) => rule)).toEqual([
      'required-labels',
      'tolerates-taints',
    ]);
  });

  it('is not told without clusters', () => {
    const spec = needing({ expressions: ['1 +'] }).spec;
    expect(decide([], { spec })).toMatchObject({
      notes: [{ rule: 'too-few-clusters' }],
    });
    expect(decide([labelled], { spec }).notes).toMatchObject([
      { rule: 'misconfigured' },
    ]);
  });
});
