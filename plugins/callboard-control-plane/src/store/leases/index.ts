export { checkFence } from './checkFence';
export { type Fence, LeaseLostError } from './Fence';
export { type Lease, listLeases } from './listLeases';
export { releaseAllLeases, releaseLeases } from './releaseLeases';
export { renewLeases } from './renewLeases';
export { type LeaseClaim, takeLease } from './takeLease';
