import { type SimObject, getPath } from '../json';
import { objectsIn } from '../validation';

export function servicePorts(object: SimObject): string {
  const ports = objectsIn(getPath(object, ['spec', 'ports'])).map(
    ({ port, nodePort, protocol }) =>
      nodePort === undefined
        ? `${String(port)}/${String(protocol)}`
        : `${String(port)}:${String(nodePort)}/${String(protocol)}`,
  );
  return ports.length === 0 ? '<none>' : ports.join(',');
}

export function externalAddress(object: SimObject): string {
  const ingress = objectsIn(
    getPath(object, ['status', 'loadBalancer', 'ingress']),
  ).map(({ ip, hostname }) => String(ip ?? hostname));
  const external = getPath(object, ['spec', 'externalIPs']);
  const addresses = [
    ...ingress,
    ...(Array.isArray(external) ? external.map(String) : []),
  ];
  const type = getPath(object, ['spec', 'type']);
  if (addresses.length > 0) return addresses.join(',');
  if (type === 'LoadBalancer') return '<pending>';
  return type === 'ExternalName'
    ? String(getPath(object, ['spec', 'externalName']))
    : '<none>';
}

export function endpointAddresses(object: SimObject): string {
  const all = objectsIn(object.subsets).flatMap(({ addresses, ports }) =>
    objectsIn(addresses).flatMap(({ ip }) =>
      objectsIn(ports).map(({ port }) => `${String(ip)}:${String(port)}`),
    ),
  );
  return join(all, '<none>');
}

export function join(parts: readonly string[], fallback: string): string {
  const shown = parts.slice(0, 3).join(',');
  if (parts.length > 3) return `${shown} + ${parts.length - 3} more...`;
  return shown === '' ? fallback : shown;
}
