import type { V1Deployment } from '@kubernetes/client-node';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import {
  describeNewInstances,
  describeReadyInstances,
} from '../describeInstances';
import { type Untrusted, numberOf, readAs } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/**
 * Judges a Deployment.
 *
 * @remarks Source: gitops-engine pkg/health of Argo CD 3.5, kstatus
 *   pkg/kstatus/status. Stricter than Argo CD where kstatus is: ready instances
 *   count too, and a refused instance is Degraded (ADR 0030).
 */
export function judgeDeployment(object: KubeObject): Health {
  const deployment = readAs<V1Deployment>(object);
  if (deployment.spec?.paused === true) {
    return verdict('Suspended', 'Paused', 'The rollout is paused on purpose');
  }
  if (isBehind(object)) return waitingForCluster();

  const progress = findCondition(object, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    return verdict(
      'Degraded',
      'ProgressDeadlineExceeded',
      `The new release did not get ready in time: ${tally(deployment)}`,
    );
  }
  const refused = findCondition(object, 'ReplicaFailure');
  if (refused?.status === 'True') {
    return verdict(
      'Degraded',
      'InstanceRefused',
      'The cluster refuses to create instances',
    );
  }
  return judgeCounts(deployment);
}

function judgeCounts(deployment: Untrusted<V1Deployment>): Health {
  const wanted = numberOf(deployment.spec?.replicas) ?? 1;
  const updated = numberOf(deployment.status?.updatedReplicas) ?? 0;
  const total = numberOf(deployment.status?.replicas) ?? 0;
  const available = numberOf(deployment.status?.availableReplicas) ?? 0;
  const ready = numberOf(deployment.status?.readyReplicas) ?? available;

  if (updated < wanted) {
    return verdict(
      'Progressing',
      'InstancesUpdating',
      describeNewInstances(updated, wanted),
    );
  }
  if (total > updated) {
    return verdict(
      'Progressing',
      'OldInstancesEnding',
      `${total - updated} of the release before still have to end`,
    );
  }
  if (available < updated || ready < wanted) {
    return verdict('Progressing', 'InstancesStarting', tally(deployment));
  }
  if (findCondition(deployment, 'Available')?.status === 'False') {
    return verdict('Progressing', 'NotAvailable', tally(deployment));
  }
  return wanted === 0
    ? verdict('Healthy', 'ScaledToZero', 'Scaled to zero on purpose')
    : verdict('Healthy', 'Available', describeReadyInstances(wanted, wanted));
}

function tally(deployment: Untrusted<V1Deployment>): string {
  const wanted = numberOf(deployment.spec?.replicas) ?? 1;
  const ready = numberOf(deployment.status?.availableReplicas) ?? 0;
  return describeReadyInstances(ready, wanted);
}
