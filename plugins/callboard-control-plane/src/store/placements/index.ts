export {
  findPlacement,
  findPlacements,
  findPlacementVersion,
} from './findPlacements';
export type { PlacementRecord } from './PlacementRecord';
export { savePlacement } from './savePlacement';
