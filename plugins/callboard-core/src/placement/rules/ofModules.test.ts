import type { ClusterFacts } from '@callboard/plugin-callboard-common';
import { decideWithRetention } from '../decideWithRetention';
import type { ModulePlacementRule } from '../moduleRules';
import { describePlacementReason } from '../sentences';

const NOW = new Date('2026-11-23T12:00:00Z');

const cluster = (name: string, site: string): ClusterFacts => ({
  name,
  labels: { site },
  claims: {},
  taints: [],
  freshness: 'live',
});
const FLEET = [cluster('office-1', 'office'), cluster('plant-1', 'plant')];

/** Ledgers stay out of plants. */
const NO_LEDGERS: ModulePlacementRule = {
  name: 'no-ledgers-in-plants',
  refuse: ({ labels }, { app, environment }) =>
    app === 'ledger' && environment === 'live' && labels.site === 'plant'
      ? {
          why: 'Plants keep no ledgers',
          next: 'Ask the finance team for an exception',
        }
      : undefined,
};

function decide(
  rules: readonly ModulePlacementRule[],
  { app = 'ledger', previous = [] as string[] } = {},
) {
  const before = {
    satisfied: true,
    wanted: 2,
    chosen: previous,
    notes: [],
    verdicts: [],
  };
  return decideWithRetention(
    {
      spec: {},
      clusters: FLEET,
      previous,
      ...(previous.length > 0 && { before }),
      modules: { rules, app: { app, environment: 'live' } },
    },
    NOW,
  );
}

const saidOf = (decision: ReturnType<typeof decide>, name: string) =>
  decision.verdicts
    .find(verdict => verdict.cluster === name)
    ?.reasons.map(describePlacementReason);

describe('placement rules of modules', () => {
  it('refuse a cluster in their own words, to the apps that they mean', () => {
    const decision = decide([NO_LEDGERS]);
    expect(decision.chosen).toEqual(['office-1']);
    expect(saidOf(decision, 'plant-1')).toEqual([
      'Plants keep no ledgers. Ask the finance team for an exception',
    ]);
    expect(decide([NO_LEDGERS], { app: 'shop' }).chosen).toEqual([
      'office-1',
      'plant-1',
    ]);
    expect(decide([]).chosen).toEqual(['office-1', 'plant-1']);
  });

  it('have what runs there leave as it does by every other rule', () => {
    expect(decide([NO_LEDGERS], { previous: ['plant-1'] }).chosen).toEqual([
      'office-1',
    ]);
  });

  it('give several reasons, and see the facts of the cluster only once they are their own', () => {
    const spoils: ModulePlacementRule = {
      name: 'spoils',
      refuse: seen => {
        (seen.labels as Record<string, string>).site = 'moon';
        return { why: 'Not\non\tany' };
      },
    };
    const decision = decide([spoils, NO_LEDGERS]);
    expect(decision.chosen).toEqual([]);
    expect(saidOf(decision, 'plant-1')).toEqual([
      'Not on any',
      'Plants keep no ledgers. Ask the finance team for an exception',
    ]);
    expect(FLEET[1].labels).toEqual({ site: 'plant' });
  });

  it.each<[string, ModulePlacementRule['refuse'], RegExp]>([
    [
      'throws',
      () => {
        throw new Error('no such table');
      },
      /"broken" of a module cannot be asked: it failed: Error: no such table/,
    ],
    [
      'answers a promise',
      (async () => undefined) as never,
      /it answered something else than a reason/,
    ],
    [
      'answers no text',
      (() => ({ why: 7 })) as never,
      /it answered something else than a reason/,
    ],
  ])('keep everything where it is when one %s', (_, refuse, expected) => {
    const broken = { name: 'broken', refuse };
    const kept = decide([broken], { previous: ['plant-1'] });
    expect(kept.chosen).toEqual(['plant-1']);
    expect(kept.notes.map(describePlacementReason).join()).toMatch(expected);
    expect(decide([broken]).chosen).toEqual([]);
  });
});
