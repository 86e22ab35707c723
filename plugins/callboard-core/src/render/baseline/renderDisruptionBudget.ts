import type { V1PodDisruptionBudget } from '@kubernetes/client-node';
import type { Manifest } from '../../kubernetes';
import type { BaselineInput } from './types';

/**
 * Renders the PodDisruptionBudget: a drain of nodes may evict one instance at a
 * time. Only for several instances, as a budget for a single one would keep its
 * node from being drained. Instances that are not ready may always be evicted.
 */
export function renderDisruptionBudget({
  name,
  namespace,
  labels,
  selector,
  replicas,
  settings,
}: BaselineInput): Manifest<V1PodDisruptionBudget> | undefined {
  const { kind = 'Deployment', autoscaling } = settings;
  const fewest = autoscaling?.min ?? replicas;
  if (fewest < 2 || (kind !== 'Deployment' && kind !== 'StatefulSet'))
    return undefined;
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name, namespace, labels },
    spec: {
      maxUnavailable: 1,
      selector: { matchLabels: selector },
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    },
  };
}
