import type { PlacementDecision } from '@callboard/plugin-callboard-common';

/** Returns how many replicas each chosen cluster gets; empty where they are not divided. */
export function replicasOf({
  verdicts,
}: Pick<PlacementDecision, 'verdicts'>): Map<string, number> {
  return new Map(
    verdicts.flatMap(({ cluster, verdict, replicas }) =>
      verdict === 'chosen' && replicas !== undefined
        ? [[cluster, replicas] as const]
        : [],
    ),
  );
}
