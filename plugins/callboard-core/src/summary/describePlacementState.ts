import { countOf, listOf, pluralOf } from '@callboard/plugin-callboard-common';

/** State of the placement in one environment. */
export interface PlacementState {
  environment: string;
  satisfied: boolean;
  /** Absent when every fitting cluster is desired. */
  wanted?: number;
  chosen: readonly string[];
  /** Where replicas are divided: their desired number, and how many each chosen cluster gets. */
  replicas?: { wanted: number; on: ReadonlyMap<string, number> };
  /** Why it could not be decided; the chosen clusters are those of the last decision. */
  misconfigured?: { why: string; next: string };
  /** Nothing was released there yet: the clusters are those of the newest release if it were. */
  planned?: boolean;
}

/**
 * `Runs on eu-1, us-1 and ap-1.` or, where fewer fit than desired, `Runs on 1
 * of 3 wanted clusters: eu-1.` Where replicas are divided, `Runs 5 instances: 3
 * on eu-1 and 2 on us-1.` Where it could not be decided: that, the reason, and
 * how to fix it. Before a first release: `Would run on …`.
 */
export function describePlacementState({
  environment,
  satisfied,
  wanted,
  chosen,
  replicas,
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
  const where = replicas
    ? describeShares(chosen, replicas)
    : describeClusters({ satisfied, wanted, chosen });
  const runs = planned ? 'Would run' : 'Runs';
  const yet = planned ? ' No release is here yet.' : '';
  return `${runs} ${where}.${yet}`;
}

function describeClusters({
  satisfied,
  wanted,
  chosen,
}: Pick<PlacementState, 'satisfied' | 'wanted' | 'chosen'>): string {
  const clusters = listOf(chosen, 5);
  return satisfied || wanted === undefined
    ? `on ${clusters}`
    : `on ${chosen.length} of ${countOf(
        wanted,
        'wanted cluster',
      )}: ${clusters}`;
}

/** `5 instances: 3 on eu-1 and 2 on us-1`, or `3 of 5 wanted instances: …`. */
function describeShares(
  chosen: readonly string[],
  { wanted, on }: NonNullable<PlacementState['replicas']>,
): string {
  const found = [...on.values()].reduce((sum, each) => sum + each, 0);
  const shares = chosen.map(cluster => `${on.get(cluster)} on ${cluster}`);
  const count = found < wanted ? `${found} of ${wanted} wanted` : String(found);
  return `${count} ${pluralOf(wanted, 'instance')}: ${listOf(shares, 5)}`;
}
