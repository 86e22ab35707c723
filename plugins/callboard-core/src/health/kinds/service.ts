import type { V1Service } from '@kubernetes/client-node';
import {
  type Health,
  type KubeObject,
  readReportedReason,
} from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import { membersOf, readAs, textOf } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

/**
 * Judges a Service: only one that asks for an address from outside can lack it
 * (source: gitops-engine pkg/health), or one whose node port the cluster
 * reports as closed by the condition `NodePortOpen`, as the playground does.
 */
export function judgeService(object: KubeObject): Health {
  const service = readAs<V1Service>(object);
  const open = findCondition(object, 'NodePortOpen');
  if (open?.status === 'False')
    return verdict(
      'Degraded',
      readReportedReason(open.reason) ?? 'NodePortClosed',
      open.message,
    );
  if (textOf(service.spec?.type) !== 'LoadBalancer') {
    return verdict('Healthy', 'Reachable', 'It has its address');
  }
  return membersOf(service.status?.loadBalancer?.ingress).length > 0
    ? verdict('Healthy', 'Reachable', 'It has its address')
    : verdict(
        'Progressing',
        'AddressPending',
        'It waits for its address from outside',
      );
}
