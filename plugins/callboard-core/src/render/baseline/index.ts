export { fillAmounts } from './fillAmounts';
export { renderDisruptionBudget } from './renderDisruptionBudget';
export { renderNetworkPolicy } from './renderNetworkPolicy';
export { renderServiceAccount } from './renderServiceAccount';
export { restrictPod } from './restrictPod';
export type { BaselineInput } from './types';
