import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { findCondition } from '../conditions';
import { listAt, textAt } from '../fields';
import { verdict } from '../verdict';

/**
 * Health of a Service: only one that asks for an address from outside can lack it
 * (source: gitops-engine pkg/health), or one whose node port the cluster reports
 * as closed by the condition `NodePortOpen`, as the playground does.
 */
export function judgeService(object: KubeObject): Health {
  const open = findCondition(object, 'NodePortOpen');
  if (open?.status === 'False')
    return verdict('Degraded', open.reason, open.message);
  if (textAt(object, 'spec', 'type') !== 'LoadBalancer') {
    return verdict('Healthy', 'Reachable', 'It has its address');
  }
  return listAt(object, 'status', 'loadBalancer', 'ingress').length > 0
    ? verdict('Healthy', 'Reachable', 'It has its address')
    : verdict(
        'Progressing',
        'AddressPending',
        'It waits for its address from outside',
      );
}
