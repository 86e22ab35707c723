import { resourceOfKind } from '../discovery';
import { cloneJson } from '../json';
import type { Service } from '../kinds';
import type { Registry } from '../registry';
import type { ServiceAddresses } from './ServiceAddresses';

/**
 * Opens the node ports of services from before a restart. A service keeps its
 * port also while another program uses it; only a port that another service of
 * this fleet holds is replaced.
 */
export function restoreServices(
  { store }: Registry,
  addresses: ServiceAddresses,
): void {
  const { storage } = resourceOfKind('v1', 'Service');
  for (const service of store.list(storage) as Service[]) {
    const { namespace, name } = service.metadata;
    const next = cloneJson(service);
    addresses.restore(`${namespace}/${name}`, {
      clusterIp: service.spec.clusterIP,
    });
    for (const port of next.spec.ports ?? []) {
      if (port.nodePort !== undefined)
        port.nodePort = addresses.restore(`${namespace}/${name}`, {
          nodePort: port.nodePort,
        });
    }
    if (JSON.stringify(next) !== JSON.stringify(service))
      store.put(storage, next);
  }
}
