import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import {
  describeNewInstances,
  describeReadyInstances,
} from '../describeInstances';
import { numberAt, textAt } from '../fields';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/** Health of a StatefulSet. Source: gitops-engine pkg/health of Argo CD 3.5. */
export function judgeStatefulSet(object: KubeObject): Health {
  if (isBehind(object) || !numberAt(object, 'status', 'observedGeneration'))
    return waitingForCluster();
  const wanted = numberAt(object, 'spec', 'replicas') ?? 1;
  const ready = numberAt(object, 'status', 'readyReplicas') ?? 0;
  if (ready < wanted) {
    return verdict(
      'Progressing',
      'InstancesStarting',
      describeReadyInstances(ready, wanted),
    );
  }
  return judgeUpdate(object, wanted);
}

function judgeUpdate(object: KubeObject, wanted: number): Health {
  const healthy =
    wanted === 0
      ? verdict('Healthy', 'ScaledToZero', 'Scaled to zero on purpose')
      : verdict('Healthy', 'Available', describeReadyInstances(wanted, wanted));
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    return healthy;

  const updated = numberAt(object, 'status', 'updatedReplicas') ?? 0;
  const partition = numberAt(
    object,
    'spec',
    'updateStrategy',
    'rollingUpdate',
    'partition',
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
  const current = textAt(object, 'status', 'currentRevision');
  const newest = textAt(object, 'status', 'updateRevision');
  return current === newest
    ? healthy
    : verdict(
        'Progressing',
        'InstancesUpdating',
        describeNewInstances(updated, wanted),
      );
}
