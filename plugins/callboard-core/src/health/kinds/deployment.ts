import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import {
  describeNewInstances,
  describeReadyInstances,
} from '../describeInstances';
import { numberAt, valueAt } from '../fields';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/**
 * Health of a Deployment.
 *
 * @remarks Source: gitops-engine pkg/health of Argo CD 3.5, kstatus pkg/kstatus/status. Stricter than
 * Argo CD where kstatus is: ready instances count too, and a refused instance is Degraded (ADR 0030).
 */
export function judgeDeployment(object: KubeObject): Health {
  if (valueAt(object, 'spec', 'paused') === true) {
    return verdict('Suspended', 'Paused', 'The rollout is paused on purpose');
  }
  if (isBehind(object)) return waitingForCluster();

  const progress = findCondition(object, 'Progressing');
  if (progress?.reason === 'ProgressDeadlineExceeded') {
    return verdict(
      'Degraded',
      'ProgressDeadlineExceeded',
      `The new release did not get ready in time: ${tally(object)}`,
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
  return judgeCounts(object);
}

function judgeCounts(object: KubeObject): Health {
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0;
  const total = numberAt(object, 'status', 'replicas') ?? 0;
  const available = numberAt(object, 'status', 'availableReplicas') ?? 0;
  const ready = numberAt(object, 'status', 'readyReplicas') ?? available;

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
    return verdict('Progressing', 'InstancesStarting', tally(object));
  }
  if (findCondition(object, 'Available')?.status === 'False') {
    return verdict('Progressing', 'NotAvailable', tally(object));
  }
  return wanted === 0
    ? verdict('Healthy', 'ScaledToZero', 'Scaled to zero on purpose')
    : verdict('Healthy', 'Available', describeReadyInstances(wanted, wanted));
}

function tally(object: KubeObject): string {
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const ready = numberAt(object, 'status', 'availableReplicas') ?? 0;
  return describeReadyInstances(ready, wanted);
}
