export { findPlacement, findPlacements } from './findPlacements';
export type { PlacementRecord } from './PlacementRecord';
export { savePlacement } from './savePlacement';
