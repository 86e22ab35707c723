import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { listAt } from '../fields';
import { verdict } from '../verdict';

/** Health of an Ingress: it has an address or waits for one. Source: gitops-engine pkg/health. */
export function judgeIngress(object: KubeObject): Health {
  return listAt(object, 'status', 'loadBalancer', 'ingress').length > 0
    ? verdict('Healthy', 'Reachable', 'It has its address')
    : verdict(
        'Progressing',
        'AddressPending',
        'It waits for its address from outside',
      );
}
