import { DIRECT_ENGINE } from '@callboard/plugin-callboard-clusters-node';
import type { DeliveryEngine } from '@callboard/plugin-callboard-node';
import type { ManagedCluster } from '../fleet/Fleet';

/** What brings objects to a cluster: an engine of a module that takes it, else the portal's own. */
export function engineOf(
  { record }: Pick<ManagedCluster, 'record'>,
  { deliveryEngines = [] }: { deliveryEngines?: readonly DeliveryEngine[] },
): DeliveryEngine {
  return (
    deliveryEngines.find(engine => engine.delivers(record.file)) ??
    DIRECT_ENGINE
  );
}
