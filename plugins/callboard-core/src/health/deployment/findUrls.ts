import type { DesiredDeployment, ObservedObjects } from './types';

/**
 * Returns the URLs of a deployment by exposure, as far as its cluster reported
 * them: those of its first workload first.
 */
export function findUrls(
  { exposure, parts }: Pick<DesiredDeployment, 'exposure' | 'parts'>,
  seen: ObservedObjects,
): string[] {
  const order = parts.map(({ name }) => name);
  const placeOf = (workload: string | undefined) => {
    const place = order.indexOf(workload ?? '');
    return place === -1 ? order.length : place;
  };
  const services = [...seen.values()]
    .filter(({ ref, terminating }) => ref.kind === 'Service' && !terminating)
    .sort((a, b) => placeOf(a.workload) - placeOf(b.workload));
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
