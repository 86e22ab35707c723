export {
  findPlacement,
  findPlacements,
  findPlacementVersion,
  findPlacementVersions,
} from './findPlacements';
export type { PlacementRecord } from './PlacementRecord';
export { savePlacement } from './savePlacement';
