import type { WhatIfAnswer } from './askWhatIf';

/** An app in an environment, in any form that names both. */
type Named = string | { app: string };

/** Every app of an answer, once: it is affected in some environment, or stays in all. */
export interface AppPartition {
  moves: string[];
  /** Would have no other cluster, or would run on fewer than desired. */
  shortages: string[];
  lostSpread: string[];
  /** All of the above, each app once. */
  affected: string[];
  stay: string[];
}

/**
 * Counts apps where an answer lists environments of apps: an app that moves in
 * one environment and stays in another counts once, as moving.
 */
export function partitionApps(
  answer: Record<
    keyof Pick<WhatIfAnswer, 'moves' | 'shortages' | 'lostSpread'>,
    ReadonlyArray<{ app: string }>
  > & { stays: readonly Named[] },
): AppPartition {
  const moves = appsOf(answer.moves);
  const shortages = appsOf(answer.shortages);
  const lostSpread = appsOf(answer.lostSpread);
  const affected = appsOf([...moves, ...shortages, ...lostSpread]);
  return {
    moves,
    shortages,
    lostSpread,
    affected,
    stay: appsOf(answer.stays).filter(app => !affected.includes(app)),
  };
}

/** Names are `app` or `app/environment`. */
function appsOf(named: readonly Named[]): string[] {
  const names = named.map(each => (typeof each === 'string' ? each : each.app));
  return [...new Set(names.map(name => name.split('/')[0]))].sort();
}
