import type {
  PlacementDecision,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { whyMoved } from './whyMoved';

const verdict = (
  cluster: string,
  kind: PlacementVerdict['verdict'],
  ...rules: string[]
): PlacementVerdict => ({
  cluster,
  verdict: kind,
  reasons: rules.map(rule => ({ rule, facts: {} })),
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
