import type {
  ClusterFacts,
  PlacementDecision,
  PlacementReason,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';
import { whenToLookAgain } from './whenToLookAgain';

const NOW = new Date('2026-11-20T12:00:00Z');

const cluster = (name: string, silentSince?: string): ClusterFacts => ({
  name,
  labels: {},
  claims: {},
  taints: [],
  freshness: silentSince ? 'unreachable' : 'live',
  ...(silentSince && { silentSince }),
});

const verdict = (
  name: string,
  kind: PlacementVerdict['verdict'],
  reason: PlacementReason,
): PlacementVerdict => ({ cluster: name, verdict: kind, reasons: [reason] });

const NO_CAPACITY: PlacementReason = {
  rule: 'has-capacity',
  facts: { resource: 'pods', needed: 1, free: 0 },
};

const silent = (name: string, failoverAfterSeconds?: number) =>
  verdict(name, 'chosen', {
    rule: 'unreachable-tolerated',
    facts: {
      freshness: 'unreachable',
      ...(failoverAfterSeconds !== undefined && { failoverAfterSeconds }),
    },
  });

function ask(verdicts: PlacementVerdict[], satisfied = true) {
  const decision: PlacementDecision = {
    satisfied,
    chosen: [],
    notes: [],
    verdicts,
  };
  const clusters = [
    cluster('a', '2026-11-20T11:58:00Z'),
    cluster('b', '2026-11-20T11:59:00Z'),
    cluster('c'),
  ];
  const outcome = whenToLookAgain(decision, { clusters, now: NOW });
  return outcome.kind === 'again' ? outcome.afterMs : outcome.kind;
}

describe('whenToLookAgain', () => {
  it.each<[string, ReturnType<typeof ask>, number | string]>([
    [
      'never where all is well',
      ask([verdict('c', 'chosen', { rule: 'fits', facts: {} })]),
      'settled',
    ],
    [
      'when the time of a silent cluster is over',
      ask([silent('a', 300)]),
      180_000,
    ],
    [
      'at the soonest of several',
      ask([silent('a', 300), silent('b', 200)]),
      140_000,
    ],
    ['at once where it is over already', ask([silent('a', 60)]), 1],
    ['never where it stays for ever', ask([silent('a')]), 'settled'],
    [
      'soon where nothing takes its place',
      ask([
        verdict('a', 'chosen', {
          rule: 'stays-until-replaced',
          facts: { because: 'draining' },
        }),
      ]),
      10_000,
    ],
    [
      'soon where capacity is missing',
      ask([verdict('c', 'refused', NO_CAPACITY)], false),
      10_000,
    ],
    [
      'not for capacity that nobody needs',
      ask([verdict('c', 'refused', NO_CAPACITY)]),
      'settled',
    ],
    [
      'not for what only a person can change',
      ask(
        [
          verdict('c', 'refused', {
            rule: 'required-labels',
            facts: { key: 'env', operator: 'Exists', wanted: [] },
          }),
        ],
        false,
      ),
      'settled',
    ],
  ])('looks %s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });
});
