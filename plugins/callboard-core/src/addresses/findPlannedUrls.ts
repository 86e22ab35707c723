import {
  type KubeObject,
  refKey,
  refOf,
} from '@callboard/plugin-callboard-common';
import type { ObservedObjects } from '../health/deployment/types';
import type { AddressPlan, PlannedAddress } from './types';

const KINDS = { Gateway: 'HTTPRoute', Ingress: 'Ingress' } as const;

/**
 * Finds the addresses of a plan that the cluster has accepted: a route accepted
 * by its gateway, a load balancer with an address, a port of its nodes. Whether
 * anything responds there is not known here.
 *
 * @param objects - all desired objects of the deployment
 */
export function findPlannedUrls(
  { via, addresses }: AddressPlan,
  objects: readonly KubeObject[],
  seen: ObservedObjects,
): string[] {
  const urls = addresses.flatMap(address => {
    switch (via.type) {
      case 'Gateway':
      case 'Ingress': {
        const route = objects.find(
          ({ kind, metadata }) =>
            kind === KINDS[via.type] && metadata.name === address.host,
        );
        const found = route && seen.get(refKey(refOf(route)));
        return found?.health?.status === 'Healthy' && !found.terminating
          ? [urlOf(address)]
          : [];
      }
      case 'LoadBalancer': {
        const balanced = (serviceOf(address, seen)?.ingress ?? []).length > 0;
        return balanced ? [urlOf(address, address.port)] : [];
      }
      case 'NodePort': {
        const port = serviceOf(address, seen)?.ports?.find(
          each => each.port === address.port,
        )?.nodePort;
        return port === undefined ? [] : [urlOf(address, port)];
      }
      default:
        return via satisfies never;
    }
  });
  return [...new Set(urls)];
}

function serviceOf({ workload }: PlannedAddress, seen: ObservedObjects) {
  return [...seen.values()].find(
    each =>
      each.ref.kind === 'Service' &&
      each.ref.name === workload &&
      !each.terminating,
  );
}

function urlOf({ scheme, host, path }: PlannedAddress, port?: number): string {
  const usual = scheme === 'https' ? 443 : 80;
  const at = port === undefined || port === usual ? '' : `:${port}`;
  return `${scheme}://${host}${at}${path === '/' ? '' : path}`;
}
