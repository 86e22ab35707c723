import type { V1StatefulSet } from '@kubernetes/client-node';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import {
  describeNewInstances,
  describeReadyInstances,
} from '../describeInstances';
import {
  type Untrusted,
  numberOf,
  readAs,
  textOf,
} from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/** Judges a StatefulSet. Source: gitops-engine pkg/health of Argo CD 3.5. */
export function judgeStatefulSet(object: KubeObject): Health {
  const statefulSet = readAs<V1StatefulSet>(object);
  if (isBehind(object) || !numberOf(statefulSet.status?.observedGeneration))
    return waitingForCluster();
  const wanted = numberOf(statefulSet.spec?.replicas) ?? 1;
  const ready = numberOf(statefulSet.status?.readyReplicas) ?? 0;
  if (ready < wanted) {
    return verdict(
      'Progressing',
      'InstancesStarting',
      describeReadyInstances(ready, wanted),
    );
  }
  return judgeUpdate(statefulSet, wanted);
}

function judgeUpdate(
  statefulSet: Untrusted<V1StatefulSet>,
  wanted: number,
): Health {
  const healthy =
    wanted === 0
      ? verdict('Healthy', 'ScaledToZero', 'Scaled to zero on purpose')
      : verdict('Healthy', 'Available', describeReadyInstances(wanted, wanted));
  if (textOf(statefulSet.spec?.updateStrategy?.type) === 'OnDelete')
    return healthy;

  const updated = numberOf(statefulSet.status?.updatedReplicas) ?? 0;
  const partition = numberOf(
    statefulSet.spec?.updateStrategy?.rollingUpdate?.partition,
  );
  if (partition !== undefined && partition > 0) {
    const needed = Math.max(0, wanted - partition);
    return updated < needed
      ? verdict(
          'Progressing',
          'InstancesUpdating',
          describeNewInstances(updated, needed),
        )
      : healthy;
  }
  const current = textOf(statefulSet.status?.currentRevision);
  const newest = textOf(statefulSet.status?.updateRevision);
  return current === newest
    ? healthy
    : verdict(
        'Progressing',
        'InstancesUpdating',
        describeNewInstances(updated, wanted),
      );
}
