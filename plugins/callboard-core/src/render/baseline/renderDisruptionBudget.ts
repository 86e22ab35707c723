import type { V1PodDisruptionBudget } from '@kubernetes/client-node';
import type { Manifest } from '../../kubernetes';
import type { BaselineInput } from './types';

/**
 * How many instances a drain of nodes may take at a time: one. Only where there
 * are several, as a budget for a single one would keep its node from being
 * drained. Instances that are not ready may always be taken.
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
