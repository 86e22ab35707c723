/** Clusters of a hub or of the catalog, as clusters of Callboard. */

export { inventoryModule as default } from './module';
export { inventorySources } from './inventorySources';
export { placementPublishers } from './placementPublishers';
