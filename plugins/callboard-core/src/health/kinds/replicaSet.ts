import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import { describeReadyInstances } from '../describeInstances';
import { numberAt } from '../fields';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/** Health of a ReplicaSet. Source: gitops-engine pkg/health of Argo CD 3.5. */
export function judgeReplicaSet(object: KubeObject): Health {
  if (isBehind(object)) return waitingForCluster();
  if (findCondition(object, 'ReplicaFailure')?.status === 'True') {
    return verdict(
      'Degraded',
      'InstanceRefused',
      'The cluster refuses to create instances',
    );
  }
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const available = numberAt(object, 'status', 'availableReplicas') ?? 0;
  if (available < wanted) {
    return verdict(
      'Progressing',
      'InstancesStarting',
      describeReadyInstances(available, wanted),
    );
  }
  return wanted === 0
    ? verdict('Healthy', 'ScaledToZero', 'Scaled to zero on purpose')
    : verdict('Healthy', 'Available', describeReadyInstances(wanted, wanted));
}
