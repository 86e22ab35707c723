import type { V1DaemonSet } from '@kubernetes/client-node';
import {
  type Health,
  type KubeObject,
  partOf,
  pluralOf,
} from '@callboard/plugin-callboard-common';
import { numberOf, readAs, textOf } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';
import { isBehind, waitingForCluster } from './observedGeneration';

/** Judges a DaemonSet: one instance per node. Source: gitops-engine pkg/health of Argo CD 3.5. */
export function judgeDaemonSet(object: KubeObject): Health {
  const daemonSet = readAs<V1DaemonSet>(object);
  if (isBehind(object)) return waitingForCluster();
  const wanted = numberOf(daemonSet.status?.desiredNumberScheduled) ?? 0;
  const updated = numberOf(daemonSet.status?.updatedNumberScheduled) ?? 0;
  const available = numberOf(daemonSet.status?.numberAvailable) ?? 0;
  const healthy = verdict(
    'Healthy',
    'Available',
    `${partOf(available, wanted, 'node')} ${pluralOf(
      wanted,
      'runs',
      'run',
    )} it`,
  );
  if (textOf(daemonSet.spec?.updateStrategy?.type) === 'OnDelete')
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
