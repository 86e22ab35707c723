export * from './readFields';
export { readPlacementSpec, readToleration } from './readPlacementSpec';
export { readLabelSelector, readRequirements } from './readSelectors';
