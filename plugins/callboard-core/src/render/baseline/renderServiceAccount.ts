import type { V1ServiceAccount } from '@kubernetes/client-node';
import type { Manifest } from '../../kubernetes';
import type { BaselineInput } from './types';

/**
 * Renders the account that a workload's pods run as. Without a token unless the
 * app asks for one: few apps use the API of their cluster.
 */
export function renderServiceAccount({
  name,
  namespace,
  labels,
  settings,
}: BaselineInput): Manifest<V1ServiceAccount> {
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, namespace, labels },
    automountServiceAccountToken: settings.serviceAccountToken === true,
  };
}
