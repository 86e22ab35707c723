import type { WhatIfAnswer } from './askWhatIf';

/** What is told of an app in an environment, in any form that names both. */
type Named = string | { app: string };

/** Every app that was asked about, once: it is affected in some environment, or stays in all. */
export interface AppPartition {
  moves: string[];
  /** Would have nowhere else to run, or would run on fewer clusters than wanted. */
  shortages: string[];
  lostSpread: string[];
  /** All of the above, each app once. */
  affected: string[];
  stay: string[];
}

/**
 * Counts apps where an answer lists environments of apps: of an app that moves
 * in one environment and stays in another, it is said once that it moves.
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
