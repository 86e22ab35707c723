import type { V1PodDisruptionBudget } from '@kubernetes/client-node';
import {
  type Health,
  type KubeObject,
  partOf,
  pluralOf,
  readReportedReason,
} from '@callboard/plugin-callboard-common';
import { readConditions } from '../conditions';
import { numberOf, readAs } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/** Judges a PodDisruptionBudget: whether as many instances are healthy as it requires. */
export function judgePodDisruptionBudget(object: KubeObject): Health {
  const budget = readAs<V1PodDisruptionBudget>(object);
  if (isBehind(object)) return waitingForCluster();
  const refused = readConditions(object).find(
    ({ status, reason }) => status === 'False' && reason !== 'InsufficientPods',
  );
  if (refused) {
    return verdict(
      'Degraded',
      readReportedReason(refused.reason) ?? 'Failed',
      'The cluster cannot tell how many instances may be taken away',
    );
  }
  const wanted = numberOf(budget.status?.desiredHealthy) ?? 0;
  const healthy = numberOf(budget.status?.currentHealthy) ?? 0;
  if (healthy < wanted) {
    return verdict(
      'Progressing',
      'BelowBudget',
      `${partOf(healthy, wanted, 'instance')} that must stay ${pluralOf(
        wanted,
        'is',
        'are',
      )} healthy`,
    );
  }
  return readConditions(object).length > 0
    ? verdict(
        'Healthy',
        'BudgetKept',
        `${healthy} instances are healthy, ${wanted} must stay`,
      )
    : verdict('Progressing', 'Starting', 'It has not been counted yet');
}
