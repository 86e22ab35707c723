import type {
  PlacementDecision,
  PlacementVerdict,
} from '@callboard/plugin-callboard-common';

/** Reasons by which a cluster gets a share of the replicas instead of all of them. */
const SHARES = new Set(['shares-replicas', 'stays-undecided']);

/**
 * Returns how many replicas a decision divided, including those without
 * capacity; undefined where replicas are not divided.
 */
export function countWantedReplicas({
  notes,
  verdicts,
}: Pick<PlacementDecision, 'notes' | 'verdicts'>): number | undefined {
  const shares = verdicts.filter(hasShare);
  if (shares.length === 0) return undefined;
  const short = notes.find(note => note.rule === 'too-few-replicas');
  return short
    ? short.facts.wanted
    : shares.reduce((sum, { replicas = 0 }) => sum + replicas, 0);
}

function hasShare({ verdict, replicas, reasons }: PlacementVerdict): boolean {
  return (
    verdict === 'chosen' &&
    replicas !== undefined &&
    reasons.some(({ rule }) => SHARES.has(rule))
  );
}
