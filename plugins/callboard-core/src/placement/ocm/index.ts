export { countDecisions } from './countDecisions';
export { decideOcmPlacement } from './decideOcmPlacement';
export { readManagedClusters } from './readManagedClusters';
