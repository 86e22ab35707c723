/** Clusters that a hub or the catalog knows of, as clusters of Callboard. */

export { inventoryModule as default } from './module';
export { inventorySources } from './inventorySources';
export { placementPublishers } from './placementPublishers';
