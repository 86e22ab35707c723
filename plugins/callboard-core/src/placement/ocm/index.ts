export { countDecisions } from './countDecisions';
export { decideOcmPlacement } from './decideOcmPlacement';
export { listOwnDecisions } from './listOwnDecisions';
export { readManagedClusters } from './readManagedClusters';
