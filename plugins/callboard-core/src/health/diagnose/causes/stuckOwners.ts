import type { KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../../conditions';
import { numberAt } from '../../fields';
import type { Occurrence } from '../cause';
import { type Situation, workloadOf } from '../situation';
import type { CauseRule } from './types';

const WHY: Readonly<Record<string, 'too-often' | 'too-long'>> = {
  BackoffLimitExceeded: 'too-often',
  DeadlineExceeded: 'too-long',
};

const DEFAULT_DEADLINE_SECONDS = 600; // Kubernetes' default of progressDeadlineSeconds

/** Finds rollouts and tasks that gave up. Reported only where no deeper cause was found for the same workload. */
export const stuckOwners: CauseRule = (situation: Situation) =>
  situation.owners.flatMap(owner => {
    const seen =
      owner.kind === 'Job' ? judgeJob(owner, situation) : judgeRollout(owner);
    return seen
      ? [
          {
            ...seen,
            workload: workloadOf(owner),
            withOutput: true,
            isCertain: true,
          },
        ]
      : [];
  });

function judgeRollout(
  owner: KubeObject,
): Pick<Occurrence, 'cause' | 'since'> | undefined {
  const progress = findCondition(owner, 'Progressing');
  if (progress?.reason !== 'ProgressDeadlineExceeded') return undefined;
  return {
    cause: {
      code: 'stuck-rollout',
      ready: numberAt(owner, 'status', 'availableReplicas') ?? 0,
      wanted: numberAt(owner, 'spec', 'replicas') ?? 1,
      deadlineSeconds:
        numberAt(owner, 'spec', 'progressDeadlineSeconds') ??
        DEFAULT_DEADLINE_SECONDS,
    },
    since: progress.since,
  };
}

function judgeJob(
  owner: KubeObject,
  { instances }: Situation,
): Pick<Occurrence, 'cause' | 'since'> | undefined {
  const failed = findCondition(owner, 'Failed');
  if (failed?.status !== 'True') return undefined;
  const tries = numberAt(owner, 'status', 'failed');
  const exitCode = instances
    .filter(instance => instance.owner?.name === owner.metadata.name)
    .flatMap(({ containers }) =>
      containers.flatMap(({ ended }) => ended?.exitCode ?? []),
    )
    .find(code => code !== 0);
  return {
    cause: {
      code: 'job-failed',
      task: owner.metadata.name,
      because: WHY[failed.reason] ?? 'other',
      says: failed.message,
      ...(tries !== undefined && { tries }),
      ...(exitCode !== undefined && { exitCode }),
    },
    since: failed.since,
  };
}
