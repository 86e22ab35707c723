import type { PlacementInput } from '../types';

/** One app of a fleet: a question without its clusters, and without what is only asked while apps move. */
export interface FleetApp
  extends Omit<PlacementInput, 'clusters' | 'needsOn' | 'keeps' | 'returning'> {
  name: string;
}

/** What is kept of an app's decision; the rest is told by the tables the apps share. */
export interface FleetDecision {
  /** Indexes of the chosen clusters, in the order they were chosen. */
  chosen: number[];
  wanted: number | undefined;
}
