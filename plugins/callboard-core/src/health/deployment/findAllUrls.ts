import { findPlannedUrls } from '../../addresses';
import { findRouteUrls } from './findRouteUrls';
import { findUrls } from './findUrls';
import type { DesiredDeployment, ObservedObjects } from './types';

/**
 * Returns the URLs of a deployment, as far as its cluster reported them: its
 * addresses, then the routes that it asks for, then those by the exposure of
 * the cluster.
 */
export function findAllUrls(
  desired: DesiredDeployment,
  seen: ObservedObjects,
): string[] {
  const { addresses, objects } = desired;
  if (!addresses)
    return [...findRouteUrls(desired, seen), ...findUrls(desired, seen)];
  const hosts = new Set(addresses.addresses.map(({ host }) => host));
  const isByService = ['LoadBalancer', 'NodePort'].includes(addresses.via.type);
  const addressed = new Set(
    isByService ? addresses.addresses.map(({ workload }) => workload) : [],
  );
  return [
    ...new Set([
      ...findPlannedUrls(addresses, objects, seen),
      ...findRouteUrls(
        {
          ...desired,
          objects: objects.filter(({ metadata }) => !hosts.has(metadata.name)),
        },
        seen,
      ),
      ...findUrls(
        desired,
        new Map([...seen].filter(([, { ref }]) => !addressed.has(ref.name))),
      ),
    ]),
  ];
}
