import type { V1Namespace } from '@kubernetes/client-node';
import type { Manifest } from '../kubernetes';
import { sortKeys } from './canonicalJson';
import { environmentLabels } from './labels';
import { namespaceOf } from './namespaceOf';

/**
 * The namespace of an app's environment. Its pods are held to the "baseline" of
 * the Pod Security Standards, which everything rendered here keeps: no host
 * network, no privileged container, no path of the host.
 */
export function renderNamespace(of: {
  app: string;
  environment: string;
}): Manifest<V1Namespace> {
  return sortKeys({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespaceOf(of.app, of.environment),
      labels: {
        ...environmentLabels(of),
        'pod-security.kubernetes.io/enforce': 'baseline',
      },
    },
  });
}
