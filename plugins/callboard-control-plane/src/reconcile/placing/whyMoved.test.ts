import type {
  PlacementDecision,
  PlacementReason,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { whyMoved } from './whyMoved';

const REASONS = {
  fits: { rule: 'fits', facts: {} },
  'not-cordoned': { rule: 'not-cordoned', facts: {} },
  'not-draining': { rule: 'not-draining', facts: {} },
  'not-deleting': { rule: 'not-deleting', facts: {} },
  'comes-back': { rule: 'comes-back', facts: {} },
  'stay-put': { rule: 'stay-put', facts: {} },
  score: {
    rule: 'score',
    facts: { prioritizer: 'Steady', score: 100, weight: 1 },
  },
  'number-of-clusters': {
    rule: 'number-of-clusters',
    facts: { wanted: 1, score: 0 },
  },
} as const satisfies Record<string, PlacementReason>;

const verdict = (
  cluster: string,
  kind: PlacementVerdict['verdict'],
  ...rules: Array<keyof typeof REASONS>
): PlacementVerdict => ({
  cluster,
  verdict: kind,
  reasons: rules.map(rule => REASONS[rule]),
});

const decision = (
  chosen: string[],
  ...verdicts: PlacementVerdict[]
): PlacementDecision => ({ satisfied: true, chosen, notes: [], verdicts });

describe('whyMoved', () => {
  it.each<[string, PlacementDecision | undefined, PlacementDecision, unknown]>([
    [
      'nothing for the first decision',
      undefined,
      decision(
        ['us-1'],
        verdict('us-1', 'chosen', 'fits'),
        verdict('eu-1', 'refused', 'not-cordoned'),
      ),
      undefined,
    ],
    [
      'why a cluster was left',
      decision(['eu-1']),
      decision(
        ['us-1'],
        verdict('us-1', 'chosen', 'fits'),
        verdict('eu-1', 'refused', 'not-draining'),
        verdict('ap-1', 'refused', 'not-deleting'),
      ),
      'eu-1: it is being drained: what runs there leaves',
    ],
    [
      'that it comes back; what it leaves for that is only spare',
      decision(['us-1']),
      decision(
        ['eu-1'],
        verdict('eu-1', 'chosen', 'comes-back', 'score'),
        verdict('us-1', 'spare', 'number-of-clusters'),
      ),
      'eu-1: ran here before the cluster was lost, and comes back',
    ],
    [
      'nothing where it stays',
      decision(['eu-1']),
      decision(['eu-1'], verdict('eu-1', 'chosen', 'stay-put')),
      undefined,
    ],
  ])('%s', (_, before, after, expected) => {
    expect(whyMoved(before, after)).toBe(expected);
  });
});
