import { countOf, listOf } from './sentence';

/** Where placement stands for one environment. */
export interface PlacementState {
  environment: string;
  satisfied: boolean;
  /** Absent when every cluster that fits is wanted. */
  wanted?: number;
  chosen: readonly string[];
  /** Why it could not be decided; what is chosen was chosen before. */
  misconfigured?: { why: string; next: string };
  /** Nothing was released there yet: where the newest release would run. */
  planned?: boolean;
}

/** `Runs on eu-1, us-1 and ap-1.` or, where fewer fit than wanted, `Runs on 1 of 3 wanted clusters: eu-1.` Where it could not be decided: that, why, and what mends it. Before a first release: `Would run on …`. */
export function describePlacementState({
  environment,
  satisfied,
  wanted,
  chosen,
  misconfigured,
  planned,
}: PlacementState): string {
  if (misconfigured) {
    const { why, next } = misconfigured;
    const state =
      chosen.length === 0
        ? `${environment} is misconfigured`
        : `Misconfigured, kept where it was (${listOf(chosen, 5)})`;
    return `${state}: ${why}. ${next}.`;
  }
  if (chosen.length === 0) return `No cluster fits ${environment}.`;
  const runs = planned ? 'Would run' : 'Runs';
  const clusters = listOf(chosen, 5);
  const where =
    satisfied || wanted === undefined
      ? clusters
      : `${chosen.length} of ${countOf(wanted, 'wanted cluster')}: ${clusters}`;
  const yet = planned ? ' No release is here yet.' : '';
  return `${runs} on ${where}.${yet}`;
}
