export { fixRequirements } from './fixRequirements';
export {
  compareText,
  listRequirements,
  matchesSelector,
  meetsRequirement,
  ownValue,
} from './meetsRequirement';
export { isLabelValue, validateSelector } from './validateSelector';
