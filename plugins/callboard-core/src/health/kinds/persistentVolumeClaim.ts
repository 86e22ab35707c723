import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { textAt } from '../fields';
import { verdict } from '../verdict';

/** Health of a PersistentVolumeClaim. Source: gitops-engine pkg/health; a lost one is Degraded (ADR 0030). */
export function judgePersistentVolumeClaim(object: KubeObject): Health {
  switch (textAt(object, 'status', 'phase')) {
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
