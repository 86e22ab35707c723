import type { PlacementDecision } from '@callboard/plugin-callboard-common';

/** Clusters on which an environment of an app runs, and why: the decision with all its reasons. */
export interface PlacementRecord {
  app: string;
  environment: string;
  /** The release whose app file was used. */
  release: number;
  decision: PlacementDecision;
  decidedAt: Date;
}
