import { type KubeObject, isRecord } from '@callboard/plugin-callboard-common';
import { compareText } from '../../placement/selectors';
import type { ClusterTraits } from './types';

const GATEWAY_GROUP = 'gateway.networking.k8s.io/';

/**
 * Finds the entry points of traffic from outside among the objects of a
 * cluster's blueprint: its Gateway, with the wildcard domain of a listener, and
 * its class of Ingresses. Of several the first by name.
 */
export function gatewayOf(
  objects: readonly KubeObject[],
): Pick<ClusterTraits, 'gateway' | 'ingressClass'> {
  const byName = [...objects].sort((a, b) =>
    compareText(a.metadata.name, b.metadata.name),
  );
  const gateway = byName.find(
    ({ kind, apiVersion }) =>
      kind === 'Gateway' && apiVersion.startsWith(GATEWAY_GROUP),
  );
  const listeners = gateway ? listenersOf(gateway.spec) : [];
  const domain = domainOf(listeners);
  const isTls = listeners.some(
    ({ hostname, protocol }) =>
      protocol === 'HTTPS' && hostname === `*.${domain}`,
  );
  const ingressClass = byName.find(({ kind }) => kind === 'IngressClass');
  return {
    ...(gateway && {
      gateway: {
        name: gateway.metadata.name,
        namespace: gateway.metadata.namespace ?? 'default',
        ...(domain !== undefined && { domain }),
        ...(isTls && { isTls }),
      },
    }),
    ...(ingressClass && { ingressClass: ingressClass.metadata.name }),
  };
}

/** Returns `apps.example.com` for a listener of `*.apps.example.com`. */
function domainOf(listeners: readonly Listener[]): string | undefined {
  return listeners
    .find(({ hostname }) => hostname.startsWith('*.'))
    ?.hostname.slice(2);
}

interface Listener {
  hostname: string;
  protocol: string;
}

function listenersOf(spec: unknown): Listener[] {
  const listeners = isRecord(spec) ? spec.listeners : undefined;
  return (Array.isArray(listeners) ? listeners : [])
    .filter(isRecord)
    .map(({ hostname = '', protocol = '' }) => ({
      hostname: String(hostname),
      protocol: String(protocol),
    }));
}
