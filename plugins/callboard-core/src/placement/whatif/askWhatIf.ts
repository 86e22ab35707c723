import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { type BatchApp, type BatchInput, decideBatch } from '../batch';
import { waitingToLeave } from '../decideKeeping';
import { applyHypothesis, type Hypothesis } from './applyHypothesis';

export interface WhatIfAnswer {
  /** Apps that would run elsewhere, in the order they were given. */
  moves: Array<{ app: string; from: string[]; to: string[] }>;
  /** Apps whose spread would be worse than now. */
  lostSpread: Array<{ app: string; topologyKey: string; skew: number }>;
  /** Apps that would run on fewer clusters than they want and than now, or could not leave. */
  noRoom: Array<{
    app: string;
    wanted: number;
    found: number;
    /** Clusters it would have to leave and stays on, as nothing takes its place. */
    stuck: string[];
  }>;
  /** Apps that stay where they are. */
  stays: string[];
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
    stays: [],
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
  const known = waitingToLeave(today);
  const stuck = waitingToLeave(then).filter(
    cluster => !known.includes(cluster),
  );
  const isShort = !then.satisfied && then.chosen.length < today.chosen.length;
  if (isShort || stuck.length > 0) {
    answer.noRoom.push({
      app: name,
      wanted: then.wanted ?? 1,
      found: then.chosen.length - stuck.length,
      stuck,
    });
  }
  // What only loses a place does not move: it finds no room.
  if (to.length > 0 || (from.length > 0 && !isShort))
    answer.moves.push({ app: name, from, to });
  else if (!isShort && stuck.length === 0) answer.stays.push(name);
  for (const { topologyKey, skew } of skewsOf(then)) {
    const earlier = skewsOf(today).find(
      other => other.topologyKey === topologyKey,
    );
    if (earlier === undefined || earlier.skew < skew)
      answer.lostSpread.push({ app: name, topologyKey, skew });
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
