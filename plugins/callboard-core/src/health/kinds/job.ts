import type { V1Job } from '@kubernetes/client-node';
import {
  type Health,
  type KubeObject,
  readReportedReason,
} from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import { readAs } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

const FAILURE_WORDS: Readonly<Record<string, string>> = {
  BackoffLimitExceeded: 'The task failed too often and is not tried again',
  DeadlineExceeded: 'The task took longer than it may and was ended',
};

/** Judges a Job. Source: gitops-engine pkg/health of Argo CD 3.5; a running one is Progressing (ADR 0030). */
export function judgeJob(object: KubeObject): Health {
  const job = readAs<V1Job>(object);
  const failed = findCondition(object, 'Failed');
  if (failed?.status === 'True') {
    return verdict(
      'Degraded',
      readReportedReason(failed.reason) ?? 'Failed',
      FAILURE_WORDS[failed.reason] ?? 'The task failed',
    );
  }
  if (findCondition(object, 'Complete')?.status === 'True') {
    return verdict('Healthy', 'Completed', 'The task ran to its end');
  }
  if (
    findCondition(object, 'Suspended')?.status === 'True' ||
    job.spec?.suspend === true
  ) {
    return verdict(
      'Suspended',
      'Suspended',
      'The task is suspended on purpose',
    );
  }
  return verdict('Progressing', 'Running', 'The task is running');
}
