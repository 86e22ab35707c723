import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { listAt, textAt } from '../fields';
import { verdict } from '../verdict';

/** Health of a Service: only one that asks for an address from outside can lack it. Source: gitops-engine pkg/health. */
export function judgeService(object: KubeObject): Health {
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
