import { phaseOf } from '@callboard/plugin-callboard-core';
import type { RolloutRecord } from '../../store';

/**
 * Returns clusters on which a rollout failed and does not continue by itself:
 * it halted, or was aborted. It is unknown when they will run, if ever. Pure.
 */
export function clustersGivenUp(
  record: Pick<RolloutRecord, 'rollout' | 'finishedAt'> | undefined,
  now: Date,
): ReadonlySet<string> {
  if (!record || record.finishedAt) return new Set();
  const { rollout } = record;
  const phase = phaseOf(rollout, now).kind;
  if (phase !== 'halted' && phase !== 'aborted') return new Set();
  return new Set(
    Object.entries(rollout.clusters).flatMap(([cluster, { kind }]) =>
      kind === 'failed' || kind === 'timed-out' ? [cluster] : [],
    ),
  );
}
