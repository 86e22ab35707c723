import type { Exposure } from '@callboard/plugin-callboard-common';
import type { ObservedObjects } from './types';

/** Addresses at which a deployment answers from outside, as far as its cluster said. */
export function findUrls(exposure: Exposure, seen: ObservedObjects): string[] {
  const services = [...seen.values()].filter(
    ({ ref, terminating }) => ref.kind === 'Service' && !terminating,
  );
  switch (exposure.type) {
    case 'ClusterIP':
      return [];
    case 'NodePort':
      return services.flatMap(({ ports }) =>
        (ports ?? []).flatMap(({ nodePort }) =>
          nodePort ? [`http://${exposure.host}:${nodePort}`] : [],
        ),
      );
    case 'LoadBalancer':
      return services.flatMap(({ ports, ingress }) =>
        (ingress ?? []).flatMap(address =>
          (ports ?? []).map(({ port }) => urlOf(address, port)),
        ),
      );
    default:
      return exposure satisfies never;
  }
}

function urlOf(address: string, port: number): string {
  const host = address.includes(':') ? `[${address}]` : address;
  if (port === 443) return `https://${host}`;
  return port === 80 ? `http://${host}` : `http://${host}:${port}`;
}
