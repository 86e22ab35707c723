export { decidePlacement } from './decidePlacement';
export {
  describeDecision,
  describePlacementReason,
  describeRemedy,
} from './sentences';
export type { PlacementInput } from './types';
