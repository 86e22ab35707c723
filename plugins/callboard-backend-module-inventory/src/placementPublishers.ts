import type { PlacementPublisher } from '@callboard/plugin-callboard-node';
import { Hub } from './hubs/Hub';
import { PlacementDecisions } from './hubs/PlacementDecisions';
import type { Inventories } from './readInventoryConfig';

/** Returns a publisher for each hub with a configured namespace for PlacementDecisions. */
export function placementPublishers({
  hubs,
}: Pick<Inventories, 'hubs'>): PlacementPublisher[] {
  return hubs.flatMap(({ name, kind, access, decisionsNamespace }) => {
    if (decisionsNamespace === undefined) return [];
    if (kind !== 'ManagedCluster')
      throw new Error(
        `Hub "${name}" has no ManagedClusters: placementDecisions can be written where its kind is ManagedCluster`,
      );
    return [new PlacementDecisions(new Hub(name, access), decisionsNamespace)];
  });
}
