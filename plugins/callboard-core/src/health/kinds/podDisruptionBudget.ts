import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import { numberAt } from '../fields';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/** Health of a PodDisruptionBudget: whether as many instances are healthy as it asks for. */
export function judgePodDisruptionBudget(object: KubeObject): Health {
  if (isBehind(object)) return waitingForCluster();
  const allowed = findCondition(object, 'DisruptionAllowed');
  if (allowed?.reason === 'SyncFailed') {
    return verdict(
      'Degraded',
      'SyncFailed',
      'The cluster cannot tell how many instances may be taken away',
    );
  }
  const wanted = numberAt(object, 'status', 'desiredHealthy') ?? 0;
  const healthy = numberAt(object, 'status', 'currentHealthy') ?? 0;
  return healthy < wanted
    ? verdict(
        'Progressing',
        'BelowBudget',
        `${healthy} of ${wanted} instances that must stay are healthy`,
      )
    : verdict(
        'Healthy',
        'BudgetKept',
        `${healthy} instances are healthy, ${wanted} must stay`,
      );
}
