import type {
  PlacementDecision,
  PlacementReason,
} from '@callboard/plugin-callboard-common';
import { isSameAnswer } from './isSameAnswer';

const decision = (
  reasons: PlacementReason[],
  change: Partial<PlacementDecision> = {},
): PlacementDecision => ({
  satisfied: true,
  chosen: ['eu-1'],
  notes: [],
  verdicts: [{ cluster: 'eu-1', verdict: 'chosen', score: 0, reasons }],
  ...change,
});
const spread: PlacementReason = {
  rule: 'spread',
  facts: { topologyKey: 'region', domain: 'eu' },
};
const silent = (silentSeconds: number): PlacementReason => ({
  rule: 'reachable',
  facts: {
    freshness: 'unreachable',
    observedAt: `at ${silentSeconds}`,
    silentSeconds,
  },
});

it.each([
  {
    name: 'it stays where it is',
    a: decision([spread]),
    b: decision([{ rule: 'stay-put', facts: {} }, spread]),
    same: true,
  },
  {
    name: 'its cluster fell silent and it stays',
    a: decision([spread]),
    b: decision([
      { rule: 'unreachable-tolerated', facts: { freshness: 'stale' } },
      spread,
    ]),
    same: true,
  },
  {
    name: 'a silent cluster is silent for longer',
    a: decision([silent(5)]),
    b: decision([silent(60)]),
    same: true,
  },
  {
    name: 'for another reason',
    a: decision([spread]),
    b: decision([silent(5)]),
    same: false,
  },
  {
    name: 'another cluster',
    a: decision([spread]),
    b: decision([spread], { chosen: ['us-1'] }),
    same: false,
  },
  {
    name: 'no longer satisfied',
    a: decision([spread]),
    b: decision([spread], { satisfied: false }),
    same: false,
  },
])('says something new or not: $name', ({ a, b, same }) => {
  expect(isSameAnswer(a, b)).toBe(same);
});
