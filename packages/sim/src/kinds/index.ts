export { nodePortsOf } from './service';
export { qosClassOf } from './pod';
export type * from './types';
export { isPodActive, isPodAvailable, isPodReady } from './podState';
