import type { ClusterFacts } from '@callboard/plugin-callboard-common';

/** What a prioritizer may look at beside the clusters that fit. */
export interface ScoreContext {
  previous: ReadonlySet<string>;
  /** Decisions of other apps per cluster. */
  others: Readonly<Record<string, number>>;
  now: Date;
}

/** Scores of the clusters that fit, in their order, each -100..100; 0 where it has nothing to say. */
export type Prioritizer = (
  clusters: readonly ClusterFacts[],
  context: ScoreContext,
) => number[];
