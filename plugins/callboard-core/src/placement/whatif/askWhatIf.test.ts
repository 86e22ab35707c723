import type {
  ClusterFacts,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import type { BatchApp } from '../batch';
import { askWhatIf } from './askWhatIf';
import { applyHypothesis, type Hypothesis } from './applyHypothesis';
import { describeWhatIf } from './describeWhatIf';

const NOW = new Date('2026-11-20T12:00:00Z');

function cluster(
  name: string,
  known: Partial<ClusterFacts> = {},
): ClusterFacts {
  return {
    name,
    labels: { region: name.slice(0, 2) },
    claims: {},
    taints: [],
    freshness: 'live',
    ...known,
  };
}

const spread: PlacementSpec = {
  numberOfClusters: 2,
  spreadPolicy: {
    spreadConstraints: [
      { topologyKey: 'region', topologyKeyType: 'Label', maxSkew: 1 },
    ],
  },
};
const golden = { name: 'golden', version: 3, state: 'active', inherits: [] };
const pci = { name: 'pci', version: 1, state: 'active', inherits: ['golden'] };

const apps: BatchApp[] = [
  { name: 'shop', spec: spread, previous: ['eu-1', 'us-1'] },
  {
    name: 'pay',
    spec: { numberOfClusters: 1 },
    requires: { blueprint: 'pci' },
    previous: ['eu-2'],
  },
];
const clusters = [
  cluster('eu-1'),
  cluster('eu-2', { blueprint: pci }),
  cluster('us-1', { blueprint: golden }),
];

function ask(...hypotheses: Hypothesis[]) {
  return askWhatIf({ apps, clusters }, hypotheses, NOW);
}

const taint = { key: 'team', value: 'a', effect: 'NoSelect' as const };

describe('applyHypothesis', () => {
  const tainted = cluster('c', {
    taints: [
      { key: 'team', value: 'x', effect: 'NoSelect' },
      { key: 'team', value: 'x', effect: 'NoSelectIfNew' },
      { key: 'gpu', effect: 'NoSelect' },
    ],
    blueprint: golden,
  });
  it.each<[string, Hypothesis, Partial<ClusterFacts>]>([
    ['cordoned', { kind: 'cordon', cluster: 'c' }, { cordoned: true }],
    ['drained', { kind: 'drain', cluster: 'c' }, { draining: true }],
    ['lost', { kind: 'lose', cluster: 'c' }, { deleting: true }],
    [
      'taken back',
      { kind: 'uncordon', cluster: 'c' },
      { cordoned: false, draining: false },
    ],
    [
      'labelled',
      { kind: 'label', cluster: 'c', key: 'a', value: 'b' },
      { labels: { region: 'c', a: 'b' } },
    ],
    [
      'without a label',
      { kind: 'label', cluster: 'c', key: 'region' },
      { labels: {} },
    ],
    [
      'tainted: the same key and effect is replaced',
      { kind: 'taint', cluster: 'c', taint },
      { taints: [tainted.taints[1], tainted.taints[2], taint] },
    ],
    [
      'without taints of a key',
      { kind: 'untaint', cluster: 'c', key: 'team' },
      { taints: [tainted.taints[2]] },
    ],
    [
      'with another blueprint',
      { kind: 'blueprint', cluster: 'c', blueprint: pci },
      { blueprint: pci },
    ],
    [
      'with another blueprint where one runs',
      { kind: 'blueprint-of', running: 'golden', blueprint: pci },
      { blueprint: pci },
    ],
    [
      'as it is where another runs',
      { kind: 'blueprint-of', running: 'pci', blueprint: golden },
      {},
    ],
  ])('is %s', (_, hypothesis, expected) => {
    const other = cluster('d');
    expect(applyHypothesis([tainted, other], hypothesis)).toStrictEqual([
      { ...tainted, ...expected },
      other,
    ]);
  });

  it('adds a cluster, in the place of one of its name', () => {
    const facts = cluster('c', { blueprint: pci });
    expect(
      applyHypothesis([tainted, cluster('d')], { kind: 'add', facts }),
    ).toEqual([cluster('d'), facts]);
  });
});

describe('askWhatIf', () => {
  it.each<[string, Hypothesis[], object, string]>([
    [
      'nothing',
      [],
      { moves: [], shortages: [], lostSpread: [], stays: ['shop', 'pay'] },
      'Changing nothing moves no app: all 2 stay',
    ],
    [
      'a cluster that is not there',
      [{ kind: 'drain', cluster: 'xx-1' }],
      { moves: [], stays: ['shop', 'pay'] },
      'Draining xx-1 moves no app: all 2 stay',
    ],
    [
      'a cordoned cluster',
      [{ kind: 'cordon', cluster: 'eu-1' }],
      { moves: [], stays: ['shop', 'pay'] },
      'Cordoning eu-1 moves no app: all 2 stay',
    ],
    [
      'a drained cluster',
      [{ kind: 'drain', cluster: 'eu-1' }],
      {
        moves: [{ app: 'shop', from: ['eu-1'], to: ['eu-2'] }],
        shortages: [],
        lostSpread: [],
        stays: ['pay'],
      },
      'Draining eu-1 moves 1 app',
    ],
    [
      'a lost cluster',
      [{ kind: 'lose', cluster: 'us-1' }],
      {
        moves: [{ app: 'shop', from: ['us-1'], to: ['eu-2'] }],
        shortages: [],
        lostSpread: [],
        stays: ['pay'],
      },
      'Losing us-1 moves 1 app',
    ],
    [
      'a drained cluster that nobody else can stand in for: the app stays',
      [{ kind: 'drain', cluster: 'eu-2' }],
      {
        moves: [],
        shortages: [{ app: 'pay', wanted: 1, found: 0, stuck: ['eu-2'] }],
        stays: ['shop'],
      },
      'Draining eu-2 moves no app: 1 has nowhere else to run',
    ],
    [
      'a lost cluster that nobody else can stand in for: nothing can stay',
      [{ kind: 'lose', cluster: 'eu-2' }],
      {
        moves: [],
        shortages: [{ app: 'pay', wanted: 1, found: 0, stuck: [] }],
        stays: ['shop'],
      },
      'Losing eu-2 moves no app: 1 has nowhere else to run',
    ],
    [
      'two at once',
      [
        { kind: 'lose', cluster: 'eu-1' },
        { kind: 'drain', cluster: 'eu-2' },
      ],
      {
        moves: [],
        shortages: [
          { app: 'shop', wanted: 2, found: 1, stuck: [] },
          { app: 'pay', wanted: 1, found: 0, stuck: ['eu-2'] },
        ],
        stays: [],
      },
      'Losing eu-1 and draining eu-2 together move no app: 1 has nowhere else to run, 1 finds fewer clusters than wanted',
    ],
    [
      'the same with several clusters',
      [
        { kind: 'cordon', cluster: 'eu-1' },
        { kind: 'cordon', cluster: 'us-1' },
      ],
      { moves: [], stays: ['shop', 'pay'] },
      'Cordoning eu-1 and us-1 moves no app: all 2 stay',
    ],
    [
      'a taint that drives away, and one that is taken off again',
      [
        { kind: 'taint', cluster: 'eu-1', taint },
        { kind: 'taint', cluster: 'us-1', taint },
        { kind: 'untaint', cluster: 'us-1', key: 'team' },
      ],
      { moves: [{ app: 'shop', from: ['eu-1'], to: ['eu-2'] }] },
      'Tainting eu-1 with team, tainting us-1 with team and taking taint team off us-1 together move 1 app',
    ],
    [
      'another blueprint',
      [
        { kind: 'blueprint', cluster: 'us-1', blueprint: pci },
        { kind: 'drain', cluster: 'eu-2' },
      ],
      { moves: [{ app: 'pay', from: ['eu-2'], to: ['us-1'] }], shortages: [] },
      'Running pci 1 on us-1 and draining eu-2 together move 1 app',
    ],
    [
      'another blueprint on every cluster of one',
      [{ kind: 'blueprint-of', running: 'pci', blueprint: golden }],
      {
        moves: [],
        shortages: [{ app: 'pay', wanted: 1, found: 0, stuck: [] }],
        stays: ['shop'],
      },
      'Running golden 3 on every cluster that runs pci moves no app: 1 has nowhere else to run',
    ],
    [
      'a taint of the same key and effect that takes the place of the first',
      [
        { kind: 'taint', cluster: 'eu-1', taint },
        {
          kind: 'taint',
          cluster: 'eu-1',
          taint: { ...taint, effect: 'PreferNoSelect' },
        },
        { kind: 'taint', cluster: 'eu-1', taint: { ...taint, value: 'b' } },
      ],
      { moves: [{ app: 'shop', from: ['eu-1'], to: ['eu-2'] }] },
      'Tainting eu-1 with team, tainting eu-1 with team and tainting eu-1 with team together move 1 app',
    ],
    [
      'a cluster in the place of one that is there',
      [{ kind: 'add', facts: cluster('eu-2') }],
      { shortages: [{ app: 'pay', wanted: 1, found: 0 }] },
      'Adding eu-2 moves no app: 1 has nowhere else to run',
    ],
    [
      'one cluster more',
      [
        { kind: 'lose', cluster: 'eu-2' },
        { kind: 'add', facts: cluster('ap-1', { blueprint: pci }) },
      ],
      { moves: [{ app: 'pay', from: ['eu-2'], to: ['ap-1'] }], shortages: [] },
      'Losing eu-2 and adding ap-1 together move 1 app',
    ],
    [
      'a label that goes',
      [{ kind: 'label', cluster: 'us-1', key: 'region' }],
      { moves: [], stays: ['shop', 'pay'] },
      'Taking label region off us-1 moves no app: all 2 stay',
    ],
    [
      'labels that make the spread worse',
      [
        { kind: 'label', cluster: 'us-1', key: 'region', value: 'eu' },
        { kind: 'label', cluster: 'eu-2', key: 'region', value: 'ap' },
      ],
      {
        moves: [],
        lostSpread: [{ app: 'shop', topologyKey: 'region', skew: 2 }],
      },
      'Labelling us-1 region=eu and labelling eu-2 region=ap together move no app: 1 is spread less evenly',
    ],
  ])('%s', (_, hypotheses, expected, sentence) => {
    const answer = ask(...hypotheses);
    expect(answer).toMatchObject(expected);
    expect(describeWhatIf(answer, hypotheses)).toBe(sentence);
  });

  it('counts what finds no capacity on the whole: two apps, one place', () => {
    const needs = { pods: 1 };
    const two = ['a', 'b'].map(name => ({
      name,
      spec: { numberOfClusters: 1 },
      needs,
      previous: ['eu-1'],
    }));
    const answer = askWhatIf(
      {
        apps: two,
        clusters: [
          cluster('eu-1', { free: { pods: 0 } }),
          cluster('us-1', { free: { pods: 1 } }),
        ],
      },
      [{ kind: 'drain', cluster: 'eu-1' }],
      NOW,
    );
    expect(answer).toMatchObject({
      moves: [{ app: 'a', from: ['eu-1'], to: ['us-1'] }],
      shortages: [{ app: 'b', wanted: 1, found: 0, stuck: ['eu-1'] }],
    });
    expect(answer.decisions.get('b')?.chosen).toEqual(['eu-1']);
  });

  it('tells what is gained, and what is left where all that fit are wanted', () => {
    const all = [
      { name: 'a', spec: {}, previous: ['eu-1'] },
      { name: 'b', spec: { numberOfClusters: 2 }, previous: ['eu-1'] },
    ];
    const answer = askWhatIf(
      { apps: all, clusters: [cluster('eu-1')] },
      [{ kind: 'add', facts: cluster('us-1') }],
      NOW,
    );
    expect(answer).toMatchObject({
      moves: [
        { app: 'a', from: [], to: ['us-1'] },
        { app: 'b', from: [], to: ['us-1'] },
      ],
      shortages: [],
      stays: [],
    });
    const gone = askWhatIf(
      { apps: all, clusters: [cluster('eu-1'), cluster('us-1')] },
      [{ kind: 'lose', cluster: 'eu-1' }],
      NOW,
    );
    expect(gone).toMatchObject({
      moves: [{ app: 'a', from: ['eu-1'], to: [] }],
      shortages: [{ app: 'b', wanted: 2, found: 1, stuck: [] }],
    });
    expect(describeWhatIf(gone, [{ kind: 'lose', cluster: 'eu-1' }])).toBe(
      'Losing eu-1 moves 1 app; 1 finds fewer clusters than wanted',
    );
    const one = askWhatIf(
      { apps: all.slice(0, 1), clusters: [cluster('eu-1')] },
      [{ kind: 'cordon', cluster: 'eu-1' }],
      NOW,
    );
    expect(describeWhatIf(one, [{ kind: 'cordon', cluster: 'eu-1' }])).toBe(
      'Cordoning eu-1 moves no app: the one there is stays',
    );
  });

  it('tells of a spread that is uneven already only when it gets worse', () => {
    const over = (topologyKey: string) => ({
      topologyKey,
      topologyKeyType: 'Label' as const,
    });
    const many = ['shop', 'cart'].map(name => ({
      name,
      spec: {
        spreadPolicy: { spreadConstraints: [over('zone'), over('region')] },
      },
      previous: [],
    }));
    const at = (name: string, region: string) =>
      cluster(name, { labels: { zone: region, region } });
    const fleet = [
      at('a', 'eu'),
      at('b', 'eu'),
      at('c', 'eu'),
      at('d', 'eu'),
      at('e', 'us'),
    ];
    const after = (...hypotheses: Hypothesis[]) => {
      const answer = askWhatIf(
        { apps: many, clusters: fleet },
        hypotheses,
        NOW,
      );
      return [answer.lostSpread, describeWhatIf(answer, hypotheses)];
    };
    expect(after({ kind: 'cordon', cluster: 'a' })).toEqual([
      [],
      'Cordoning a moves no app: all 2 stay',
    ]);
    expect(after({ kind: 'lose', cluster: 'a' })).toEqual([
      [],
      'Losing a moves 2 apps',
    ]);
    expect(
      after({ kind: 'add', facts: cluster('f', { labels: { region: 'eu' } }) }),
    ).toEqual([
      [
        { app: 'shop', topologyKey: 'region', skew: 4 },
        { app: 'cart', topologyKey: 'region', skew: 4 },
      ],
      'Adding f moves 2 apps; 2 are spread less evenly',
    ]);
  });

  it('takes a drain back, and runs another blueprint on one cluster only', () => {
    const answer = askWhatIf(
      {
        apps: [
          {
            name: 'pay',
            spec: {},
            requires: { blueprint: 'pci' },
            previous: [],
          },
        ],
        clusters: [
          cluster('eu-1', { draining: true, cordoned: true, blueprint: pci }),
          cluster('eu-2', { blueprint: golden }),
          cluster('eu-3', { blueprint: golden }),
          cluster('eu-4'),
        ],
      },
      [
        { kind: 'uncordon', cluster: 'eu-1' },
        { kind: 'blueprint', cluster: 'eu-2', blueprint: pci },
      ],
      NOW,
    );
    expect(answer.moves).toEqual([
      { app: 'pay', from: [], to: ['eu-1', 'eu-2'] },
    ]);
  });

  it('does not blame the question for what is stuck already', () => {
    const stuck = [
      { name: 'pay', spec: { numberOfClusters: 1 }, previous: ['eu-1'] },
    ];
    const answer = askWhatIf(
      { apps: stuck, clusters: [cluster('eu-1', { draining: true })] },
      [{ kind: 'label', cluster: 'eu-1', key: 'x', value: 'y' }],
      NOW,
    );
    expect(answer).toMatchObject({ shortages: [], moves: [], stays: ['pay'] });
    expect(
      describeWhatIf({ ...answer, stays: [] }, [
        { kind: 'uncordon', cluster: 'eu-1' },
      ]),
    ).toBe('Uncordoning eu-1 moves no app: none runs yet');
  });
});
