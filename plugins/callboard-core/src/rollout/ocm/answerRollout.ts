import { ok, type Result } from '@callboard/plugin-callboard-common';
import {
  listMandatoryClusters,
  listRolloutClusters,
} from './listRolloutClusters';
import { readStrategy, refuseUnreadable } from './readStrategy';
import type { RolloutAnswer, RolloutQuestion } from './types';

/**
 * Takes one step of a rollout by a strategy as written. As in the engine, the
 * maximum concurrency is only parsed when mandatory groups are done: until then
 * it may be invalid.
 *
 * Source: open-cluster-management.io/sdk-go
 * pkg/apis/cluster/v1alpha1/rollout.go (1.0).
 */
export function answerRollout(
  {
    strategy,
    ...question
  }: Omit<RolloutQuestion, 'strategy'> & { strategy: unknown },
  now: Date,
): Result<RolloutAnswer> {
  const read = readStrategy(strategy);
  if (read.ok)
    return ok(listRolloutClusters({ ...question, strategy: read.value }, now));
  if (refuseUnreadable(strategy)) return read;
  const lenient = readStrategy(withoutConcurrency(strategy));
  const answer =
    lenient.ok &&
    listMandatoryClusters({ ...question, strategy: lenient.value }, now);
  return answer ? ok(answer) : read;
}

function withoutConcurrency(strategy: unknown): unknown {
  if (typeof strategy !== 'object' || strategy === null) return strategy;
  const { progressive, ...rest } = strategy as { progressive?: object };
  return {
    ...rest,
    progressive: { ...progressive, maxConcurrency: undefined },
  };
}
