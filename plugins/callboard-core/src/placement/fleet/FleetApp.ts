import type { PlacementInput } from '../types';

/** One app of a fleet: a question without its clusters. */
export interface FleetApp extends Omit<PlacementInput, 'clusters'> {
  name: string;
}

/** What is kept of an app's decision; the rest is told by the tables the apps share. */
export interface FleetDecision {
  /** Indexes of the chosen clusters, in the order they were chosen. */
  chosen: number[];
  wanted: number | undefined;
}
