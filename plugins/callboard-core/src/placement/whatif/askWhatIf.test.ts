import type {
  ClusterFacts,
  PlacementSpec,
} from '@callboard/plugin-callboard-common';
import type { BatchApp } from '../batch';
import { askWhatIf } from './askWhatIf';
import type { Hypothesis } from './applyHypothesis';
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
  const { decisions, ...answer } = askWhatIf(
    { apps, clusters },
    hypotheses,
    NOW,
  );
  return answer;
}

describe('askWhatIf', () => {
  it.each<[string, Hypothesis[], object, string]>([
    [
      'nothing',
      [],
      { moves: [], unchanged: 2 },
      'Nothing would change for 2 apps',
    ],
    [
      'a cluster that is not there',
      [{ kind: 'drain', cluster: 'xx-1' }],
      { unchanged: 2 },
      'Nothing would change for 2 apps',
    ],
    [
      'a drained cluster',
      [{ kind: 'drain', cluster: 'eu-1' }],
      {
        moves: [{ app: 'shop', from: ['eu-1'], to: ['eu-2'] }],
        noRoom: [],
        lostSpread: [],
        unchanged: 1,
      },
      '1 app would move: shop',
    ],
    [
      'a lost cluster',
      [{ kind: 'lose', cluster: 'us-1' }],
      {
        moves: [{ app: 'shop', from: ['us-1'], to: ['eu-2'] }],
        lostSpread: [],
        unchanged: 1,
      },
      '1 app would move: shop',
    ],
    [
      'a cluster that nobody else can stand in for',
      [{ kind: 'drain', cluster: 'eu-2' }],
      {
        moves: [{ app: 'pay', from: ['eu-2'], to: [] }],
        noRoom: [{ app: 'pay', wanted: 1, found: 0 }],
      },
      '1 app would move: pay; 1 app would not find enough clusters: pay',
    ],
    [
      'another blueprint',
      [
        { kind: 'blueprint', cluster: 'us-1', blueprint: pci },
        { kind: 'drain', cluster: 'eu-2' },
      ],
      { moves: [{ app: 'pay', from: ['eu-2'], to: ['us-1'] }], noRoom: [] },
      '1 app would move: pay',
    ],
    [
      'a label that goes',
      [{ kind: 'label', cluster: 'us-1', key: 'region' }],
      { moves: [], unchanged: 2 },
      'Nothing would change for 2 apps',
    ],
    [
      'a label that makes the spread worse',
      [
        { kind: 'label', cluster: 'us-1', key: 'region', value: 'eu' },
        { kind: 'label', cluster: 'eu-2', key: 'region', value: 'ap' },
      ],
      {
        lostSpread: [{ app: 'shop', topologyKey: 'region', skew: 2 }],
        unchanged: 2,
      },
      '1 app would be spread less evenly: shop',
    ],
  ])('%s', (_, hypotheses, expected, sentence) => {
    const answer = ask(...hypotheses);
    expect(answer).toMatchObject(expected);
    expect(describeWhatIf({ ...answer, decisions: new Map() })).toBe(sentence);
  });

  it('names only a few of many apps', () => {
    const many = Array.from({ length: 7 }, (_, index) => ({
      name: `app-${index}`,
      spec: { numberOfClusters: 1 },
      previous: ['eu-1'],
    }));
    const answer = askWhatIf(
      { apps: many, clusters },
      [{ kind: 'drain', cluster: 'eu-1' }],
      NOW,
    );
    expect(describeWhatIf(answer)).toBe(
      '7 apps would move: app-0, app-1, app-2, app-3 and 3 more',
    );
  });
});
