import type { V1ReplicaSet } from '@kubernetes/client-node';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import { describeReadyInstances } from '../describeInstances';
import { numberOf, readAs } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/** Judges a ReplicaSet. Source: gitops-engine pkg/health of Argo CD 3.5. */
export function judgeReplicaSet(object: KubeObject): Health {
  const replicaSet = readAs<V1ReplicaSet>(object);
  if (isBehind(object)) return waitingForCluster();
  if (findCondition(object, 'ReplicaFailure')?.status === 'True') {
    return verdict(
      'Degraded',
      'InstanceRefused',
      'The cluster refuses to create instances',
    );
  }
  const wanted = numberOf(replicaSet.spec?.replicas) ?? 1;
  const available = numberOf(replicaSet.status?.availableReplicas) ?? 0;
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
