import type { V1Ingress } from '@kubernetes/client-node';
import type { Health, KubeObject } from '@callboard/plugin-callboard-common';
import { membersOf, readAs } from '../../kubernetes/Untrusted';
import { verdict } from '../verdict';

/** Judges an Ingress: it has an address or waits for one. Source: gitops-engine pkg/health. */
export function judgeIngress(object: KubeObject): Health {
  const ingress = readAs<V1Ingress>(object);
  return membersOf(ingress.status?.loadBalancer?.ingress).length > 0
    ? verdict('Healthy', 'Reachable', 'It has its address')
    : verdict(
        'Progressing',
        'AddressPending',
        'It waits for its address from outside',
      );
}
