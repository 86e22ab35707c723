import {
  type Exposure,
  type GuardRails,
  type KubeObject,
} from '@callboard/plugin-callboard-common';
import { sortKeys } from '../render/canonicalJson';
import { environmentLabels } from '../render/labels';
import { namespaceOf } from '../render/namespaceOf';

const NAME = 'callboard-guard-rails';

/**
 * Renders the objects that enforce the guard rails of a cluster in a namespace
 * of an app, beside the labels of the namespace. They belong to the cluster's
 * blueprint and not to the release: no pod changes with them.
 */
export function renderGuardRails(
  { network, quota = {}, containers, serviceTypes }: GuardRails,
  of: { app: string; environment: string },
): KubeObject[] {
  const metadata = {
    name: NAME,
    namespace: namespaceOf(of.app, of.environment),
    labels: environmentLabels(of),
  };
  const hard = { ...quota, ...quotaOfServices(serviceTypes) };
  return [
    ...(Object.keys(hard).length > 0
      ? [{ apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard } }]
      : []),
    ...(containers && Object.keys(containers).length > 0
      ? [
          {
            apiVersion: 'v1',
            kind: 'LimitRange',
            metadata,
            spec: { limits: [{ type: 'Container', ...containers }] },
          },
        ]
      : []),
    ...(network === 'default-deny'
      ? [
          {
            apiVersion: 'networking.k8s.io/v1',
            kind: 'NetworkPolicy',
            metadata,
            spec: { podSelector: {}, policyTypes: ['Egress', 'Ingress'] },
          },
        ]
      : []),
  ].map(sortKeys);
}

/** A load balancer opens ports of nodes too: these are closed only where neither is allowed. */
function quotaOfServices(
  types: GuardRails['serviceTypes'],
): Record<string, string> {
  if (!types) return {};
  const hasBalancers = types.includes('LoadBalancer');
  return {
    ...(!hasBalancers && { 'services.loadbalancers': '0' }),
    ...(!hasBalancers &&
      !types.includes('NodePort') && { 'services.nodeports': '0' }),
  };
}

/**
 * Returns the exposure of apps' services on a cluster: that of its file, or
 * within the cluster only where its guard rails allow no other.
 */
export function exposureWithin(
  { serviceTypes }: GuardRails,
  exposure: Exposure = { type: 'ClusterIP' },
): Exposure {
  return serviceTypes && !serviceTypes.includes(exposure.type)
    ? { type: 'ClusterIP' }
    : exposure;
}
