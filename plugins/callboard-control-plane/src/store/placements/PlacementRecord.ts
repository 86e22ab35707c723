import type { PlacementDecision } from '@callboard/plugin-callboard-common';

/** On which clusters an environment of an app runs, and why: the decision with its whole working. */
export interface PlacementRecord {
  app: string;
  environment: string;
  /** The release whose app file was asked. */
  release: number;
  decision: PlacementDecision;
  decidedAt: Date;
}
