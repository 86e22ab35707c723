import type {
  PlacementDecision,
  PlacementReason,
} from '@callboard/plugin-callboard-common';
import { type BatchApp, type BatchInput, decideBatch } from '../batch';
import { applyHypothesis, type Hypothesis } from './applyHypothesis';

export interface WhatIfAnswer {
  /** Apps that would run elsewhere, by name. */
  moves: Array<{ app: string; from: string[]; to: string[] }>;
  /** Apps whose spread would be worse than now. */
  lostSpread: Array<{ app: string; topologyKey: string; skew: number }>;
  /** Apps that would run on fewer clusters than they want, and than now. */
  noRoom: Array<{
    app: string;
    wanted: number;
    found: number;
    reasons: PlacementReason[];
  }>;
  unchanged: number;
  /** The decisions as they would be: the very values that would be stored. */
  decisions: Map<string, PlacementDecision>;
}

/**
 * What would become of the apps if something happened to clusters: the same
 * decision on hypothetical facts, compared with the decision on the facts.
 */
export function askWhatIf(
  { apps, clusters }: BatchInput,
  hypotheses: readonly Hypothesis[],
  now: Date,
): WhatIfAnswer {
  const before = decideBatch({ apps, clusters }, now);
  const running = apps.map(app => ({
    ...app,
    previous: before.get(app.name)?.chosen ?? [],
  }));
  const after = decideBatch(
    {
      apps: running,
      clusters: hypotheses.reduce(applyHypothesis, [...clusters]),
    },
    now,
  );
  const answer: WhatIfAnswer = {
    moves: [],
    lostSpread: [],
    noRoom: [],
    unchanged: 0,
    decisions: after,
  };
  for (const app of running) compare(app, { before, after, answer });
  return answer;
}

function compare(
  { name, previous }: BatchApp,
  {
    before,
    after,
    answer,
  }: {
    before: Map<string, PlacementDecision>;
    after: Map<string, PlacementDecision>;
    answer: WhatIfAnswer;
  },
): void {
  const then = after.get(name);
  const today = before.get(name);
  if (then === undefined || today === undefined) return;
  const from = previous.filter(cluster => !then.chosen.includes(cluster));
  const to = then.chosen.filter(cluster => !previous.includes(cluster));
  if (from.length + to.length > 0) answer.moves.push({ app: name, from, to });
  else answer.unchanged += 1;
  for (const { topologyKey, skew } of skewsOf(then)) {
    const known = skewsOf(today).find(
      other => other.topologyKey === topologyKey,
    );
    if (known === undefined || known.skew < skew)
      answer.lostSpread.push({ app: name, topologyKey, skew });
  }
  if (!then.satisfied && then.chosen.length < today.chosen.length) {
    const reasons = then.verdicts.flatMap(({ verdict, reasons: why }) =>
      verdict === 'refused' ? why : [],
    );
    answer.noRoom.push({
      app: name,
      wanted: then.wanted ?? 1,
      found: then.chosen.length,
      reasons,
    });
  }
}

function skewsOf({
  notes,
}: PlacementDecision): Array<{ topologyKey: string; skew: number }> {
  return notes
    .filter(({ rule }) => rule === 'spread-not-kept')
    .map(({ facts }) => ({
      topologyKey: String(facts.topologyKey),
      skew: Number(facts.skew),
    }));
}
