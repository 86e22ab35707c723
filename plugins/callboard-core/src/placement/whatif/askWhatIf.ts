import type { PlacementDecision } from '@callboard/plugin-callboard-common';
import { type BatchApp, type BatchInput, decideBatch } from '../batch';
import { waitingToLeave } from '../decideWithRetention';
import { replicasOf } from '../replicas/replicasOf';
import { compareText } from '../selectors';
import { applyHypothesis, type Hypothesis } from './applyHypothesis';

export interface WhatIfAnswer {
  /** Apps that would run elsewhere, in the order they were given. */
  moves: Array<{
    app: string;
    from: string[];
    to: string[];
    /** Only where replicas are divided. */
    replicas?: ReplicaMove;
  }>;
  /** Apps whose spread would be worse than now. */
  lostSpread: Array<{ app: string; topologyKey: string; skew: number }>;
  /** Apps that would run on fewer clusters than desired and than now, or could not leave. */
  shortages: Array<{
    app: string;
    wanted: number;
    found: number;
    /** Clusters it should leave and stays on, because no other replaces them. */
    stuck: string[];
    /** Only where replicas are divided. */
    replicas?: { wanted: number; found: number };
  }>;
  /** Apps that stay where they are. */
  stays: string[];
  /** Apps that would no longer run on a cluster, whatever else happens to them. */
  leaves: Array<{ app: string; from: string[]; to: string[] }>;
  /** The decisions as they would be stored. */
  decisions: Map<string, PlacementDecision>;
}

/** Movement of divided replicas. */
export interface ReplicaMove {
  /** Replicas that would start on another cluster. */
  moving: number;
  of: number;
  /** Clusters whose number of replicas would change, by name. */
  clusters: Array<{ cluster: string; before: number; after: number }>;
}

/** Decides all apps on hypothetical clusters and on the current ones, and compares the decisions. */
export function askWhatIf(
  { apps, clusters }: BatchInput,
  hypotheses: readonly Hypothesis[],
  now: Date,
): WhatIfAnswer {
  const before = decideBatch({ apps, clusters }, now);
  const running = apps.map(app => {
    const today = before.get(app.name);
    return {
      ...app,
      previous: today?.chosen ?? [],
      ...(today && {
        before: today,
        previousReplicas: Object.fromEntries(replicasOf(today)),
      }),
      ...(app.failovers && {
        failovers: app.failovers.filter(
          ({ cluster }) => !today?.chosen.includes(cluster),
        ),
      }),
    };
  });
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
    shortages: [],
    stays: [],
    leaves: [],
    decisions: after,
  };
  for (const app of running) compare(app, { before, after, answer });
  return answer;
}

function compare(
  { name, previous, replicas }: BatchApp,
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
  const toldBefore = countTold(answer);
  const from = previous.filter(cluster => !then.chosen.includes(cluster));
  const to = then.chosen.filter(cluster => !previous.includes(cluster));
  if (from.length > 0) answer.leaves.push({ app: name, from, to });
  const known = waitingToLeave(today);
  const stuck = waitingToLeave(then).filter(
    cluster => !known.includes(cluster),
  );
  const moved = compareReplicas(today, then, replicas);
  const isShort =
    !then.satisfied &&
    (then.chosen.length < today.chosen.length ||
      countReplicas(then) < countReplicas(today));
  if (isShort || stuck.length > 0) {
    answer.shortages.push({
      app: name,
      wanted: then.wanted ?? 1,
      found: then.chosen.length - stuck.length,
      stuck,
      ...(moved && {
        replicas: { wanted: moved.of, found: countReplicas(then) },
      }),
    });
  }
  // An app that only loses a cluster does not move: it lacks capacity.
  const isMoved = (moved?.moving ?? to.length) > 0;
  if (isMoved || to.length > 0 || (from.length > 0 && !isShort))
    answer.moves.push({
      app: name,
      from,
      to,
      ...(moved && { replicas: moved }),
    });
  for (const { topologyKey, skew } of skewsOf(then)) {
    const earlier = skewsOf(today).find(
      other => other.topologyKey === topologyKey,
    );
    if (earlier === undefined || earlier.skew < skew)
      answer.lostSpread.push({ app: name, topologyKey, skew });
  }
  if (countTold(answer) === toldBefore) answer.stays.push(name);
}

function countTold({ moves, shortages, lostSpread }: WhatIfAnswer): number {
  return moves.length + shortages.length + lostSpread.length;
}

/** Undefined where replicas are not divided. */
function compareReplicas(
  today: PlacementDecision,
  then: PlacementDecision,
  of: number | undefined,
): ReplicaMove | undefined {
  const [before, after] = [replicasOf(today), replicasOf(then)];
  if (of === undefined || before.size + after.size === 0) return undefined;
  const clusters = [...new Set([...before.keys(), ...after.keys()])]
    .sort(compareText)
    .map(cluster => ({
      cluster,
      before: before.get(cluster) ?? 0,
      after: after.get(cluster) ?? 0,
    }))
    .filter(change => change.before !== change.after);
  const moving = clusters.reduce(
    (sum, change) => sum + Math.max(0, change.after - change.before),
    0,
  );
  return { moving, of, clusters };
}

function countReplicas(decision: PlacementDecision): number {
  return [...replicasOf(decision).values()].reduce(
    (sum, each) => sum + each,
    0,
  );
}

function skewsOf({
  notes,
}: PlacementDecision): Array<{ topologyKey: string; skew: number }> {
  return notes
    .filter(note => note.rule === 'spread-not-kept')
    .map(({ facts: { topologyKey, skew } }) => ({ topologyKey, skew }));
}
