import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { readAs, textOf } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

/** Judges a PersistentVolumeClaim. Source: gitops-engine pkg/health; a lost one is Degraded (ADR 0030). */
export function judgePersistentVolumeClaim(object: KubeObject): Health {
  const claim = readAs<V1PersistentVolumeClaim>(object);
  switch (textOf(claim.status?.phase)) {
    case 'Bound':
      return verdict('Healthy', 'Bound', 'The disk is there');
    case 'Pending':
      return verdict('Progressing', 'Pending', 'It waits for its disk');
    case 'Lost':
      return verdict('Degraded', 'Lost', 'The disk behind it is gone');
    default:
      return verdict(
        'Unknown',
        'UnknownPhase',
        'The cluster does not say whether the disk is there',
      );
  }
}
