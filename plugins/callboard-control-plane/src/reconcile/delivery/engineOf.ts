import { DIRECT_ENGINE } from '@callboard/plugin-callboard-clusters-node';
import type { DeliveryEngine } from '@callboard/plugin-callboard-node';
import type { ManagedCluster } from '../fleet/Fleet';

/** Returns the delivery engine of a cluster: that of a module that supports it, else the portal's own. */
export function engineOf(
  { record }: Pick<ManagedCluster, 'record'>,
  { deliveryEngines = [] }: { deliveryEngines?: readonly DeliveryEngine[] },
): DeliveryEngine {
  return (
    deliveryEngines.find(engine => engine.delivers(record.file)) ??
    DIRECT_ENGINE
  );
}
