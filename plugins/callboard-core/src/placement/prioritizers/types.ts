import type { ClusterFacts } from '@callboard/plugin-callboard-common';

/** Facts that a prioritizer may read besides the fitting clusters. */
export interface ScoreContext {
  previous: ReadonlySet<string>;
  /** Decisions of other apps per cluster. */
  others: Readonly<Record<string, number>>;
  now: Date;
}

/** Returns the scores of the fitting clusters, in their order, each -100..100; 0 where it does not apply. */
export type Prioritizer = (
  clusters: readonly ClusterFacts[],
  context: ScoreContext,
) => number[];
