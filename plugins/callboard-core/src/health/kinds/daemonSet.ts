import {
  type Health,
  type KubeObject,
  partOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { numberAt, textAt } from '../fields';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/** Health of a DaemonSet: one instance per node. Source: gitops-engine pkg/health of Argo CD 3.5. */
export function judgeDaemonSet(object: KubeObject): Health {
  if (isBehind(object)) return waitingForCluster();
  const wanted = numberAt(object, 'status', 'desiredNumberScheduled') ?? 0;
  const updated = numberAt(object, 'status', 'updatedNumberScheduled') ?? 0;
  const available = numberAt(object, 'status', 'numberAvailable') ?? 0;
  const healthy = verdict(
    'Healthy',
    'Available',
    `${partOf(available, wanted, 'node')} ${pluralOf(
      wanted,
      'runs',
      'run',
    )} it`,
  );
  if (textAt(object, 'spec', 'updateStrategy', 'type') === 'OnDelete')
    return healthy;
  if (updated < wanted) {
    return verdict(
      'Progressing',
      'InstancesUpdating',
      `${partOf(updated, wanted, 'node')} ${pluralOf(
        wanted,
        'runs',
        'run',
      )} the new version`,
    );
  }
  if (available < wanted) {
    return verdict(
      'Progressing',
      'InstancesStarting',
      `${partOf(available, wanted, 'node')} ${pluralOf(
        wanted,
        'runs',
        'run',
      )} it`,
    );
  }
  return healthy;
}
